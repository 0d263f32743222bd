import type { RouteOptions } from 'fastify';
import { markedProject, type MarkedProject } from './marked-project.ts';
import { REQUESTS, type Ask } from './requests.ts';
import { ROLES, teamServer, type Asker, type Team } from './team.ts';

/** Of what is asked about; and of what all but two must not learn of. */
export const OURS = 'ourmark7f3a';
export const THEIRS = 'theirmark9c1e';
/** Who may read the other project. Everybody else who sees its word has found a leak. */
const READS_THEIRS: ReadonlySet<Asker> = new Set(['stranger', 'owner', 'foreignKey']);
const READS_OURS: ReadonlySet<Asker> = new Set([
  'viewer',
  'editor',
  'admin',
  'owner',
  'readingKey',
  'projectKey',
]);

/** Answered on a WebSocket, so walked elsewhere. */
const ELSEWHERE = new Set(['GET /api/live']);
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

export interface Walk {
  /** Of each route, by its method and full URL: one outcome for each role, in the order of ROLES. */
  readonly outcomes: ReadonlyMap<string, string>;
  /** Answers that held a word which their reader must not see. */
  readonly leaks: readonly string[];
  /** Of how many routes the answer shows the word to who may see it: what the search for leaks could have found. */
  readonly showing: number;
  /** Routes that nobody wrote a request for. */
  readonly unknown: readonly string[];
}

/** Sends to every route of the server, as everybody, what somebody who may would be answered. */
export async function walkRoutes(): Promise<Walk> {
  const added: RouteOptions[] = [];
  let theirs: MarkedProject | undefined;
  const team = await teamServer(
    async (ports) => {
      theirs = await markedProject(ports, THEIRS);
      return theirs.project;
    },
    { onRoute: (route) => added.push(route) },
  );
  const outcomes = new Map<string, string>();
  const leaks: string[] = [];
  const unknown: string[] = [];
  let showing = 0;
  let ours = await renewed(team);
  for (const { method, url } of routesOf(added)) {
    const askFor = requestFor(method, url);
    if (!askFor) {
      unknown.push(`${method} ${url}`);
      continue;
    }
    const answers: { role: Asker; status: number; showsOurs: boolean }[] = [];
    for (const role of ROLES) {
      const before = team.server.ports.feed.latest();
      const ask = await askFor(ours, team);
      const { status, text, request } = await send(team, team.keys[role], { method, url, ask });
      const sees = (word: string): boolean => text.includes(word) && !request.includes(word);
      if (sees(THEIRS) && !READS_THEIRS.has(role)) leaks.push(`${method} ${url} shows theirs to ${role}`);
      if (sees(OURS) && !READS_OURS.has(role)) leaks.push(`${method} ${url} shows ours to ${role}`);
      answers.push({ role, status, showsOurs: text.includes(OURS) });
      // Whoever comes next must find what this one found.
      if (team.server.ports.feed.latest() !== before) ours = await renewed(team);
    }
    const shows = answers.some(({ role, showsOurs }) => role === 'owner' && showsOurs);
    if (shows) showing += 1;
    outcomes.set(
      `${method} ${url}`,
      answers
        .map(({ status, showsOurs }) => (status >= 300 ? status : shows && !showsOurs ? 'empty' : 'ok'))
        .join(' '),
    );
  }
  await team.server.app.close();
  return { outcomes, leaks, showing, unknown };
}

/** As the tables name a route: MLflow's without the prefixes under which each is served. */
export function rowOf(method: string, url: string): string {
  return `${method} ${url.replace(/^\/(ajax-)?api\/\d\.0(?=\/mlflow)/, '')}`;
}

/** What no wire speaks is refused in that wire's words, whoever asks. */
export function isUnspoken(url: string): boolean {
  return /^\/(((ajax-)?api(\/\d\.0)?|v1|assets)\/)?\*$/.test(url);
}

export function requestFor(method: string, url: string): (typeof REQUESTS)[string] | undefined {
  return isUnspoken(url) ? () => ({ params: { '*': 'no-such-thing' } }) : REQUESTS[rowOf(method, url)];
}

export function routesOf(added: readonly RouteOptions[]): { method: string; url: string }[] {
  return added
    .flatMap(({ method, url }) => [method].flat().map((verb) => ({ method: verb, url })))
    .filter(({ method, url }) => METHODS.has(method) && !ELSEWHERE.has(`${method} ${url}`));
}

async function renewed(team: Team): Promise<MarkedProject> {
  const ours = await markedProject(team.server.ports, OURS);
  await team.share(ours.project);
  return ours;
}

/** @param secret the asker's key; nobody's without one. */
export async function send(
  { server }: Pick<Team, 'server'>,
  secret: string | undefined,
  { method, url, ask }: { readonly method: string; readonly url: string; readonly ask: Ask },
) {
  const path = url.replaceAll(/:(\w+)|\*/g, (whole, name?: string) => {
    const value = String(ask.params?.[name ?? whole] ?? '');
    return name === undefined ? value : encodeURIComponent(value);
  });
  const query = new URLSearchParams(
    Object.entries(ask.query ?? {}).map(([key, value]) => [key, String(value)]),
  ).toString();
  const payload = typeof ask.body === 'object' ? JSON.stringify(ask.body) : ask.body;
  const full = query === '' ? path : `${path}?${query}`;
  const response = await server.app.inject({
    method: method as 'GET',
    url: full,
    headers: {
      host: 'localhost',
      ...(payload !== undefined && {
        'content-type': typeof ask.body === 'object' ? 'application/json' : 'application/octet-stream',
      }),
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    },
    ...(payload !== undefined && { payload }),
  });
  return {
    status: response.statusCode,
    body: response.body,
    // Headers as well: a file's name stands in one.
    text: JSON.stringify(response.headers) + response.body,
    request: decodeURIComponent(full) + (payload ?? ''),
  };
}
