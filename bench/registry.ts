import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DEFAULT_WORKSPACE, type ModelId, type RegisteredModelId, type RunId } from '#core/domain/ids.ts';
import { lineageKey, type LineageNode } from '#core/domain/lineage.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { RegistryReader } from '#core/tracking/ports/registry.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { seeded } from '../tests/crash/seeded.ts';
import { registryAnswers } from './registry-answers.ts';
import type { Figure } from './report.ts';
import { median, quantile } from './statistics.ts';

const MODELS = 10_000;
const VERSIONS = 20;
const MODELS_PER_COMMIT = 20;
const EDGES = 1_000_000;
const DATASETS = 2000;
const ROUNDS = 101;
const SEED = 20_260_401;
const AT = 1_795_000_000_000;
const ACTOR = { kind: 'user', id: 'ada' } as const;

/** The reads behind the pages and searches of a large registry, on SQLite: 10,000 models × 20 versions, a million edges. */
export async function registry(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cairn-registry-'));
  const open = () => openSqliteStore({ directory, onFatal: fail });
  try {
    const empty = await open();
    await registerAll(empty.writer);
    await empty.close();
    const hub = addEdges(join(directory, 'cairn.db'));
    const store = await open();
    const reads = await readModels(store.registry);
    const commits = await measure('create a version, durable, beside the others', 'commit', async (round) => {
      await store.writer.commit({ actor: ACTOR, at: AT, changes: [register(round)] });
      await store.registry.registeredModels(DEFAULT_WORKSPACE);
    });
    const walks = await walk(store.registry, hub);
    const answers: Figure[] = [];
    const random = seeded(SEED);
    const some = () => {
      const n = Math.floor(random() * MODELS);
      return { name: nameOf(n), run: hex(n * VERSIONS + 1) };
    };
    for (const [what, kind, ask] of registryAnswers(store, some)) {
      answers.push(...(await measure(what, kind, async () => void (await ask()))));
    }
    await store.close();
    return [...reads, ...commits, ...walks, ...answers];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function registerAll(writer: {
  commit: Awaited<ReturnType<typeof openSqliteStore>>['writer']['commit'];
}) {
  const commits: Promise<unknown>[] = [];
  for (let first = 0; first < MODELS; first += MODELS_PER_COMMIT) {
    const changes: Change[] = [];
    for (let n = first; n < first + MODELS_PER_COMMIT; n += 1) {
      const made = { id: modelOf(n), workspace: DEFAULT_WORKSPACE, name: nameOf(n), description: '' };
      changes.push({ kind: 'create-registered-model', ...made, tags: [{ key: 'team', value: `${n % 37}` }] });
      for (let version = 1; version <= VERSIONS; version += 1) changes.push(register(n, version));
      const ref = { model: modelOf(n), number: 1 + (n % VERSIONS) };
      const target = { kind: 'alias', name: 'champion' } as const;
      changes.push({ kind: 'promote', version: ref, target, reason: '', checks: [] });
      const measured = { metric: 'auc', value: 0.5 + (n % 500) / 1000, environment: 'development', at: AT };
      changes.push({ kind: 'record-evaluations', version: ref, evaluations: [measured], isRoutine: false });
    }
    commits.push(writer.commit({ actor: ACTOR, at: AT, changes }));
    if (commits.length === 4) await Promise.all(commits.splice(0));
  }
  await Promise.all(commits);
}

function register(n: number, version = 1): Change {
  const said = {
    description: '',
    userId: 'ada',
    source: `runs:/${hex(n * VERSIONS + version)}/model`,
    storageLocation: `mlflow-artifacts:/0/${hex(n * VERSIONS + version)}/artifacts/model`,
  };
  const tags = [
    { key: 'dataset', value: `${n % 100}` },
    { key: 'commit', value: hex(n * VERSIONS + version) },
  ];
  return { kind: 'register-version', model: modelOf(n), version: said, tags };
}

async function readModels(reader: RegistryReader): Promise<Figure[]> {
  const workspace = DEFAULT_WORKSPACE;
  const start = performance.now();
  await reader.registeredModels(workspace);
  const first = performance.now() - start;
  const random = seeded(SEED);
  const some = () => Math.floor(random() * MODELS);
  return [
    { bench: 'registry', what: 'list of 10,000 models, the first time', value: first, unit: 'ms' },
    ...(await measure('list of 10,000 models and a page of 100', 'page', async () => {
      const all = await reader.registeredModels(workspace);
      const from = Math.max(0, some() - 100);
      const page = all.slice(from, from + 100);
      const refs = page.flatMap(({ aliases, id }) =>
        [...aliases.values()].map((number) => ({ model: id, number })),
      );
      await reader.modelVersions(refs);
      await reader.latestEvaluations(refs);
    })),
    ...(await measure('versions of a model', 'find', async () => {
      const found = await reader.findVersions({ workspace, models: [modelOf(some())] });
      assertCount(found, VERSIONS);
    })),
    ...(await measure('versions of 50 runs', 'find', async () => {
      const runs = new Set(Array.from({ length: 50 }, () => hex(some() * VERSIONS + 1) as RunId));
      const found = await reader.findVersions({ workspace, runs: [...runs] });
      assertCount(found, runs.size);
    })),
    ...(await measure('versions by a tag that one of them has', 'find', async () => {
      const found = await reader.findVersions({
        workspace,
        tag: { key: 'commit', value: hex(some() * VERSIONS + 1) },
      });
      assertCount(found, 1);
    })),
    ...(await measure('versions by a tag that 2,000 of them have', 'find many', async () => {
      const found = await reader.findVersions({
        workspace,
        tag: { key: 'dataset', value: `${some() % 100}` },
      });
      assertCount(found, (MODELS / 100) * VERSIONS);
    })),
    ...(await measure('all reads of one version', 'version', async () => {
      const model = modelOf(some());
      const version = { model, number: 7 };
      await reader.registeredModel(model);
      await reader.modelVersion(version);
      await reader.latestEvaluations([version]);
      await reader.evaluations({ version, limit: 1000 });
      await reader.registryLog({ model, limit: 50 });
      await reader.holderHistory(model);
      await reader.promotions({ model });
      await reader.deployments(model);
      await reader.edges({ nodes: [{ kind: 'version', ...version }], way: 'up', limit: 50 });
    })),
  ];
}

/** Datasets feed runs, a few of them most; each run makes a model, which other runs use. Gives the greatest hub. */
function addEdges(file: string): LineageNode {
  const database = new DatabaseSync(file);
  const random = seeded(SEED);
  const artifact = { workspace: DEFAULT_WORKSPACE, type: 'dataset', digest: 'd' } as const;
  database.exec('BEGIN');
  // As if each version had been made by a run of its own.
  database.exec('UPDATE model_version SET run = substr(source, 7, 32)');
  const row = database.prepare('INSERT INTO artifact_version VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)');
  for (let n = 1; n <= DATASETS; n += 1) {
    row.run(n, artifact.workspace, artifact.type, `data-${n}`, artifact.digest, AT, 'user', 'ada');
  }
  const edge = database.prepare('INSERT INTO lineage_edge VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  let edges = 0;
  for (let n = 1; edges < EDGES; n += 1) {
    const run = lineageKey({ kind: 'run', run: hex(n) as RunId });
    const model = (of: number) => lineageKey({ kind: 'logged-model', model: `m-${hex(of)}` as ModelId });
    for (const role of ['training', 'validation']) {
      edge.run(`a:${1 + Math.floor(DATASETS * random() ** 4)}`, run, role, AT + n);
    }
    edge.run(run, model(n), 'output', AT + n);
    edge.run(model(Math.ceil(n * random() ** 3)), run, 'input', AT + n);
    edges += 4;
  }
  database.exec('COMMIT');
  database.close();
  return { kind: 'artifact', ...artifact, name: 'data-1' };
}

/** As a page walks: what is new at each hop is asked for at once. */
async function walk(reader: RegistryReader, hub: LineageNode): Promise<Figure[]> {
  const random = seeded(SEED);
  const someRun = (): LineageNode => ({
    kind: 'run',
    run: hex(1 + Math.floor((random() * EDGES) / 4)) as RunId,
  });
  const threeHops = async (from: LineageNode, way: 'up' | 'down'): Promise<number> => {
    const seen = new Set([lineageKey(from)]);
    let nodes: readonly LineageNode[] = [from];
    let count = 0;
    for (let hop = 0; hop < 3 && nodes.length > 0; hop += 1) {
      const edges = await reader.edges({ nodes, way, limit: 50 });
      count += edges.length;
      const ends = new Map(
        edges.map((edge) => (way === 'up' ? edge.from : edge.to)).map((node) => [lineageKey(node), node]),
      );
      nodes = [...ends].filter(([key]) => !seen.has(key)).map(([, node]) => node);
      for (const key of ends.keys()) seen.add(key);
    }
    return count;
  };
  let met = 0;
  return [
    ...(await measure('three hops down from a dataset that most runs use', 'lineage', async () => {
      met = await threeHops(hub, 'down');
    })),
    { bench: 'registry', what: 'edges that this met', value: met, unit: 'edges' },
    ...(await measure(
      'three hops up from a run',
      'lineage',
      async () => void (await threeHops(someRun(), 'up')),
    )),
    ...(await measure(
      'three hops down from a run',
      'lineage',
      async () => void (await threeHops(someRun(), 'down')),
    )),
  ];
}

const ASKED: Readonly<Record<string, string>> = {
  page: '≤ 20 ms',
  find: '≤ 20 ms',
  version: '≤ 5 ms',
  lineage: '≤ 50 ms',
  'models page': '≤ 500 ms',
  'version page': '≤ 300 ms',
};

async function measure(
  what: string,
  kind: string,
  work: (round: number) => Promise<void>,
): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await work(round);
    times.push(performance.now() - start);
  }
  const asked = ASKED[kind];
  return [
    { bench: 'registry', what, value: median(times), unit: 'ms', ...(asked !== undefined && { asked }) },
    { bench: 'registry', what: `${what}, p95`, value: quantile(times, 0.95), unit: 'ms' },
  ];
}

function assertCount(found: readonly unknown[], expected: number): void {
  if (found.length !== expected) throw new Error(`found ${found.length} of ${expected}`);
}

function nameOf(n: number): string {
  return `team-${n % 37}/model-${n}`;
}

function modelOf(n: number): RegisteredModelId {
  return `rm-${hex(n)}` as RegisteredModelId;
}

function hex(n: number): string {
  return n.toString(16).padStart(32, '0');
}

function fail(error: unknown): never {
  throw error;
}
