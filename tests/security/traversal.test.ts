import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { startServer, type RunningServer } from '../running-server.ts';
import { bugsOf } from '../faults/writing.ts';
import { everyRoute, type Field, type Route } from './every-route.ts';
import { inTurns, RawSender, type Message } from './raw-sender.ts';
import { climbs, SPELLINGS } from './traversal-corpus.ts';

// Row 1 of the attacks: each spelling of a way out, as each field that each route of each wire reads. Around the data
// directory lie files that no answer may hold and no request may touch.

const IS_LARGE = process.env['CAIRN_TEST_FAULTS'] === 'large';
const CANARY = 'canary-7f3a91d2';

/** Paths below a file tree: a climbing one is refused, not only contained. */
const PATHS = new Set([
  '*',
  'path',
  'folder',
  'artifact_file_path',
  'artifact_directory_path',
  'artifact_location',
]);
/** One of each kind gets every spelling: a file of each wire, written, read, listed and deleted. */
const WHOLE =
  /^(PUT|GET|DELETE) \/api\/2\.0\/mlflow-artifacts\/artifacts\/\* |^(PUT|GET) \/api\/runs\/:run\/file path|artifact_location/;
/** Ids and the like, with something that passes for one. */
const VALID: Record<string, string | readonly string[]> = {
  project: '0',
  number: '1',
  part_number: '1',
  experiment_id: '0',
  experiment_ids: ['0'],
  projects: ['0'],
};

let root: string;
let server: RunningServer;
let sender: RawSender;
let before: ReadonlyMap<string, string>;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'cairn-traversal-'));
  const dataDir = join(root, 'one', 'two', 'data');
  mkdirSync(dataDir, { recursive: true });
  for (const folder of ['.', 'one', 'one/two', 'one/two/etc', 'etc']) {
    mkdirSync(join(root, folder), { recursive: true });
    for (const name of ['secret.txt', 'passwd']) writeFileSync(join(root, folder, name), CANARY);
  }
  server = await startServer({ dataDir, args: ['--log-level', 'error'] });
  sender = new RawSender(server.origin);
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return JSON.parse(
      (await sender.send({ method: 'POST', path, body: JSON.stringify(body), headers })).text,
    );
  };
  const run = (await post('/api/2.0/mlflow/runs/create', { experiment_id: '0' })).run.info.run_id;
  const model = (await post('/api/2.0/mlflow/logged-models', { experiment_id: '0' })).model.info.model_id;
  Object.assign(VALID, { run, run_id: run, run_uuid: run, model, model_id: model, run_ids: [run] });
  before = files();
});
afterAll(async () => {
  sender.close();
  await server.stop();
  rmSync(root, { recursive: true });
});

test(
  '1 traversal: no spelling leads any field of any route out of the data directory',
  { timeout: 30 * 60_000 },
  async () => {
    const routes = await everyRoute();
    const tried = routes.flatMap((route) =>
      route.fields.flatMap((field) =>
        spellingsFor(route, field).map((spelling) => ({ route, field, spelling })),
      ),
    );
    const wrong: string[] = [];
    await inTurns(tried, async ({ route, field, spelling }) => {
      for (const sent of messages(route, field, spelling)) {
        const { status, text } = await sender.send(sent);
        const isPath = PATHS.has(field.name) && !route.url.includes('/mpu/') && climbs(spelling);
        const said = `${sent.method} ${sent.path.slice(0, 120)} ${field.name}=${JSON.stringify(spelling).slice(0, 80)}: ${status}`;
        if (text.includes(CANARY)) wrong.push(`${said} holds the canary`);
        if (status >= 500 && status !== 501) wrong.push(`${said} ${text.slice(0, 200)}`);
        if (isPath && status < 400 && !isAll(route)) wrong.push(`${said} is not refused`);
      }
    });
    expect(wrong.slice(0, 40)).toEqual([]);
    expect(tried.length).toBeGreaterThan(3000);
    expect(files()).toEqual(before);
    expect(bugsOf(server)).toEqual([]);
    console.log(`${routes.length} routes, ${tried.length} fields tried with ${SPELLINGS.length} spellings`);
  },
);

/** Whatever no route serves, and the page: they read no path at all. */
function isAll({ url }: Route): boolean {
  return ['/*', '/assets/*', '/api/2.0/*', '/api/3.0/*', '/ajax-api/*', '/v1/*'].includes(url);
}

/** All of them where files are read and written; a share elsewhere, another for each field, unless many are asked for. */
function spellingsFor({ method, url }: Route, { name }: Field): readonly string[] {
  if (IS_LARGE) return SPELLINGS;
  // An upload that is refused costs no fsync, so each that must be is tried.
  if (WHOLE.test(`${method} ${url} ${name}`)) return method === 'PUT' ? SPELLINGS.filter(climbs) : SPELLINGS;
  const every = PATHS.has(name) ? 20 : 90;
  const seed = Buffer.from(`${method}${url}${name}`).reduce((sum, byte) => sum + byte, 0);
  return SPELLINGS.filter((_, at) => (at + seed) % every === 0);
}

/** As it is where a request line can hold it, and percent-encoded. */
function messages(route: Route, field: Field, spelling: string): readonly Message[] {
  const encoded = encodeURIComponent(spelling.toWellFormed());
  const isRaw = field.place !== 'body' && /^[\u0021-\u007e]+$/.test(spelling);
  return [...(isRaw ? [spelling] : []), encoded].map((value) => message(route, field, { value, spelling }));
}

function message(
  route: Route,
  field: Field,
  { value, spelling }: { value: string; spelling: string },
): Message {
  const path = route.url.replaceAll(/:(\w+)|\*/g, (whole, name?: string) =>
    field.place === 'url' && field.name === (name ?? whole) ? value : textOf(VALID[name ?? whole] ?? 'plain'),
  );
  const query = route.fields
    .filter(({ place }) => place === 'query')
    .map(({ name }) => [
      name,
      field.place === 'query' && field.name === name ? value : encodeURIComponent(textOf(VALID[name] ?? '')),
    ])
    .filter(([, text]) => text !== '')
    .map((pair) => pair.join('='));
  const body = Object.fromEntries(
    route.fields
      .filter(({ place }) => place === 'body')
      .map(({ name }) => [name, field.place === 'body' && field.name === name ? spelling : VALID[name]]),
  );
  const hasBody = ['POST', 'PATCH', 'DELETE'].includes(route.method) && Object.keys(body).length > 0;
  return {
    method: route.method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    ...(hasBody && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(route.method === 'PUT' && { body: 'bytes' }),
  };
}

function textOf(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : String(value[0]);
}

/** All files around the data directory, with what they hold; below it, the names that are no blob, begun upload or database. */
function files(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const isStore = /^one\/two\/data\/(blobs|tmp|uploads\/[0-9a-f]{64}\/|cairn\.db)/.test(name);
    if (!isStore && statSync(join(root, name)).isFile())
      found.set(name, readFileSync(join(root, name), 'utf8'));
  }
  return found;
}
