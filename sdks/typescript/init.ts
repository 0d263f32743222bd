import { ApiError, createClient, type Client } from '#core/contract/client.ts';
import { flattenConfig, type ConfigValue } from './flatten-config.ts';
import { currentHost, type Host } from './host.ts';
import { randomHex } from './random-hex.ts';
import { reasonOf, retryingFetch } from './retrying-fetch.ts';
import { Run } from './run.ts';
import { targetOf, type TargetOptions } from './target.ts';
import { once, warnOnConsole, type Warn } from './warnings.ts';
import { within } from './within.ts';

export interface InitOptions extends TargetOptions {
  /** The project's name; made when there is none. */
  readonly project: string;
  /** The run's name; the server thinks of one without it. */
  readonly name?: string;
  readonly config?: { readonly [key: string]: ConfigValue };
  readonly tags?: Readonly<Record<string, string>>;
  /** What the project optimises; declared only when it says something else now. The aggregate is the best value. */
  readonly objective?: {
    readonly metric: string;
    readonly direction: 'min' | 'max';
    readonly aggregate?: 'last' | 'min' | 'max';
  };
  /** How long to wait for a server that does not answer. */
  readonly timeoutMs?: number;
  /** Receives what a person should know, one line each; the console without it. */
  readonly warn?: Warn;
}

const INIT_LIMIT_MS = 30_000;

/**
 * Starts a run. From here on nothing waits for the server or fails because of it.
 * @throws Error when the server cannot be reached in time or refuses the run, saying why and what to do.
 */
export async function init(options: InitOptions): Promise<Run> {
  const host = await currentHost();
  const { defaults, server, workspace } = targetOf(host, options);
  const warn = once(options.warn ?? warnOnConsole);
  const client = createClient(server, defaults, retryingFetch(server, { warn }));
  const stop = new AbortController();
  try {
    const started = start(client, stop.signal, options, host);
    const { run, project } = await within(options.timeoutMs ?? INIT_LIMIT_MS, started);
    const page =
      /^\d+$/.test(project.id) && project.slug !== '' ? `${project.id}-${project.slug}` : project.id;
    return new Run({
      id: run.id,
      number: run.number,
      name: run.name,
      project: { id: project.id, name: project.name },
      url: `${server}${workspace === 'default' ? '' : `/w/${workspace}`}/p/${page}/runs/${run.number}`,
      client,
      host,
      warn,
    });
  } catch (error) {
    stop.abort(new Error('The run was not started.'));
    throw refusal(server, error);
  }
}

async function start(client: Client, signal: AbortSignal, options: InitOptions, host: Host) {
  const project = await client.createProject(
    { body: { name: options.project, existing: 'use' } },
    { signal },
  );
  await declare(client, signal, project, options.objective);
  const tags = { ...host.sourceTags(), ...options.tags };
  const run = await client.createRun(
    {
      body: {
        project: project.id,
        // Made here, so that a repeated request answers the same run.
        id: randomHex(),
        ...(options.name !== undefined && { name: options.name }),
        userId: host.userName(),
        startedAt: Date.now(),
        params: flattenConfig(options.config ?? {}),
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      },
    },
    { signal },
  );
  return { run, project };
}

async function declare(
  client: Client,
  signal: AbortSignal,
  project: Awaited<ReturnType<Client['createProject']>>,
  wanted: InitOptions['objective'],
): Promise<void> {
  if (!wanted) return;
  const { metric, direction, aggregate = direction } = wanted;
  const now = project.objective;
  const isDeclared =
    now?.origin === 'declared' &&
    now.metric === metric &&
    now.direction === direction &&
    now.aggregate === aggregate;
  if (isDeclared) return;
  const body = { objective: { metric, direction, aggregate } };
  await client.updateProject({ params: { project: project.id }, body }, { signal });
}

function refusal(server: string, error: unknown): Error {
  const message =
    error instanceof ApiError
      ? `Cairn at ${server} refused the run: ${error.message}${error.status === 401 ? ' Put a key into CAIRN_API_KEY; your profile page makes one.' : ''}`
      : `Cairn at ${server} cannot be reached: ${reasonOf(error)} Start it with \`cairn server\`, or name another in CAIRN_SERVER.`;
  return new Error(message, { cause: error });
}
