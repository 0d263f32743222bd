import type { Manifest } from '#core/domain/manifest.ts';
import type { ModelVersion } from '#core/domain/registry.ts';
import type { Run } from '#core/domain/run.ts';
import type { Ports } from '../ports/ports.ts';
import type { VersionRow } from './version-rows.ts';

/** One part of what a version is made of: by digest, or how to have it captured the next time. */
export interface PackagePart {
  readonly part: 'code' | 'data' | 'environment' | 'params' | 'metrics' | 'weights';
  readonly isCaptured: boolean;
  /** A sentence. */
  readonly summary: string;
  readonly digest?: string;
  readonly sizeBytes?: number;
}

type Part = PackagePart['part'];
/** Whose words the advice is in: the wire that the run came over; without a run, whoever registered it. */
type Client = 'mlflow' | 'native';

/** Files that pin an environment, most exact first. */
const ENVIRONMENT_FILES = ['requirements.txt', 'conda.yaml', 'python_env.yaml', 'package-lock.json'];

export interface PackageOf {
  readonly row: VersionRow;
  readonly manifest: Manifest | undefined;
  /** There is a run, and it may not be read. */
  readonly isHidden: boolean;
}

/** All parts of a version's package, captured or not. */
export function packageParts(ports: Pick<Ports, 'secrets'>, of: PackageOf): readonly PackagePart[] {
  const { version } = of.row;
  const { run } = of.row;
  const client: Client = run && run.wire !== 'mlflow' ? 'native' : 'mlflow';
  const missing = (part: Part): PackagePart => ({
    part,
    isCaptured: false,
    summary: whyMissing(part, { ...of, client }),
  });
  return [
    (run && codePart(run)) ?? missing('code'),
    dataPart(ports, of.row) ?? missing('data'),
    environmentPart(of.manifest) ?? missing('environment'),
    (run && paramsPart(ports, run)) ?? missing('params'),
    (run && metricsPart(ports, run)) ?? measuredPart(of.row) ?? missing('metrics'),
    weightsPart(version, of) ?? missing('weights'),
  ];
}

function codePart({ source }: Run): PackagePart | undefined {
  const { entryPoint, gitBranch, gitCommit, gitRepository, name } = source;
  if (gitCommit === undefined) return undefined;
  const where = [gitRepository, gitBranch && `branch ${gitBranch}`, entryPoint ?? name].filter(Boolean);
  const place = where.length > 0 ? `, ${where.join(', ')}` : '';
  return { part: 'code', isCaptured: true, summary: `Commit ${gitCommit}${place}`, digest: gitCommit };
}

function dataPart(ports: Pick<Ports, 'secrets'>, { data }: VersionRow): PackagePart | undefined {
  const [first, ...more] = data;
  if (!first) return undefined;
  const names = data.map(({ name, number, role }) => `${name}@v${number}${role && ` (${role})`}`);
  const digest = more.length === 0 ? first.digest : ports.secrets.hash(digestText(data));
  return { part: 'data', isCaptured: true, summary: names.join(', '), digest };
}

function digestText(data: VersionRow['data']): string {
  return sortedJson(data.map(({ digest, name, role }) => [name, digest, role]));
}

/** One text for equal rows in whatever order they came. */
function sortedJson(rows: readonly (readonly string[])[]): string {
  return `[${rows
    .map((row) => JSON.stringify(row))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(',')}]`;
}

function environmentPart(manifest: Manifest | undefined): PackagePart | undefined {
  const file = ENVIRONMENT_FILES.map((name) => manifest?.entries.find(({ path }) => path === name)).find(
    (entry) => entry !== undefined,
  );
  if (!file) return undefined;
  const { digest, path, sizeBytes } = file;
  return {
    part: 'environment',
    isCaptured: true,
    summary: `${path}, sealed with the model`,
    digest,
    sizeBytes,
  };
}

function paramsPart(ports: Pick<Ports, 'secrets'>, { params }: Run): PackagePart | undefined {
  if (params.size === 0) return undefined;
  const digest = ports.secrets.hash(sortedJson([...params].map(([key, { text }]) => [key, text])));
  return { part: 'params', isCaptured: true, summary: counted(params.size, 'param'), digest };
}

function metricsPart(ports: Pick<Ports, 'secrets'>, { metrics }: Run): PackagePart | undefined {
  if (metrics.size === 0) return undefined;
  const pairs = [...metrics].map(([key, { last }]) => [key, String(last.value), String(last.step)]);
  const digest = ports.secrets.hash(sortedJson(pairs));
  return { part: 'metrics', isCaptured: true, summary: counted(metrics.size, 'metric'), digest };
}

/** Of a version that was measured by others than the run that made it. */
function measuredPart({ figures }: VersionRow): PackagePart | undefined {
  if (figures.length === 0) return undefined;
  return {
    part: 'metrics',
    isCaptured: true,
    summary: `${counted(figures.length, 'figure')}, none of training`,
  };
}

function weightsPart({ manifest: digest }: ModelVersion, { row }: PackageOf): PackagePart | undefined {
  if (digest === undefined) return undefined;
  const { files = 0, sizeBytes = 0 } = row;
  const summary = `${counted(files, 'file')}, sealed when it was registered`;
  return { part: 'weights', isCaptured: true, summary, digest, sizeBytes };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How to have it captured, per client. Each sentence names a call or a command that this client really has. */
const HOW: Readonly<Record<Client, Readonly<Record<Exclude<Part, 'weights'>, string>>>> = {
  mlflow: {
    code: 'Run the script from a git checkout, with git on the PATH: MLflow then sends the commit by itself (a notebook sends none; set the tag mlflow.source.git.commit there).',
    data: "Call mlflow.log_input(mlflow.data.from_pandas(frame, name='…'), context='training') in the run.",
    environment:
      "Save the model with its flavour's log_model: it writes requirements.txt beside the weights.",
    params: 'Call mlflow.log_params({…}) or mlflow.autolog() in the run.',
    metrics: "Call mlflow.log_metric('…', value) or mlflow.autolog() in the run.",
  },
  native: {
    code: "Run the program from a git checkout, or set the run's tag mlflow.source.git.commit.",
    data: 'Send the dataset (name, digest, source) with POST /api/runs/{run}/log, in `datasets`.',
    environment: 'Put package-lock.json or requirements.txt beside the weights before you register them.',
    params: 'Pass `config` to init(), or send `params` with POST /api/runs/{run}/log.',
    metrics: 'Call run.log({ … }), or send `points` with POST /api/runs/{run}/log.',
  },
};

function whyMissing(part: Part, of: PackageOf & { readonly client: Client }): string {
  const { source } = of.row.version;
  if (part === 'weights') {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) {
      return `The files are elsewhere (${source}): save the model to a run of this server to have them sealed.`;
    }
    return of.client === 'mlflow'
      ? 'There were no files when it was registered: save the model with log_model, then register it.'
      : 'There were no files when it was registered: upload them to the run, then register it.';
  }
  if (of.isHidden) return 'It is with a run that you may not read.';
  if (!of.row.run && part !== 'environment') return REGISTER_FROM_RUN;
  return HOW[of.client][part];
}

const REGISTER_FROM_RUN =
  "Register it from the run that made it: mlflow.register_model('runs:/<run id>/<path>', name), or log_model(…, registered_model_name=…).";
