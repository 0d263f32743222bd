import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_WORKSPACE, type ProjectId, type WorkspaceId } from '#core/domain/ids.ts';
import type { LineageNode } from '#core/domain/lineage.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import {
  AT,
  commitOf,
  createModel,
  createRun,
  modelIdOf,
  runIdOf,
} from '#storage/conformance/sample-changes.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { openPostgresStore } from '#storage/postgres/postgres-store.ts';
import { PostgresServer } from '#storage/postgres/testing/postgres-server.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { FILLED_DATASET, FILLED_MODELS, FILLED_RUNS } from './fill-store.ts';
import { WITHOUT_REGISTRY } from './without-registry.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const fixtures = await readdir(FIXTURES);
const [FULL] = FILLED_RUNS;
const [MODEL] = FILLED_MODELS;
const OTHER = 'other' as WorkspaceId;
/** Names that JSON and SQL have to quote. */
const NAMES = ['digits', `it's "quoted" \\ 🎉`, 'tab\tbell\u0007', '__proto__'];

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

test.each(fixtures)(
  '%s: its datasets and sealed models are artifact versions, its runs have their lineage',
  async (name) => {
    const directory = join(await folder(), 'data');
    await cp(join(FIXTURES, name), directory, { recursive: true });
    const store = await openSqliteStore({ directory, onFatal: fail });
    onTestFinished(() => store.close());
    if (!FULL || !MODEL) throw new Error('The fixture has a run and a model.');
    const run = { kind: 'run', run: FULL } as const;
    const saved = { kind: 'logged-model', model: MODEL } as const;
    const { manifest } = (await store.catalog.model(MODEL)) ?? {};
    const artifact = { workspace: DEFAULT_WORKSPACE, type: 'dataset', ...FILLED_DATASET };
    expect(await store.registry.artifactVersion(artifact)).toMatchObject({ number: 1, createdAt: AT });
    expect(await store.registry.artifacts({ workspace: DEFAULT_WORKSPACE, type: 'model' })).toMatchObject([
      { name: 'digits', number: 1, digest: manifest, manifest },
    ]);
    expect(await store.registry.edges({ nodes: [run], way: 'up', limit: 10 })).toEqual([
      { from: { kind: 'artifact', ...artifact }, to: run, role: '', at: AT },
    ]);
    expect(await store.registry.edges({ nodes: [run], way: 'down', limit: 10 })).toEqual([
      { from: run, to: saved, role: 'output', at: AT },
    ]);
    expect(manifest && (await store.registry.manifestSize(manifest))).toEqual({ files: 1, bytes: 32_000 });
  },
);

test('on SQLite an upgrade finds what commits of today would have written', async () => {
  const directory = join(await folder(), 'data');
  const store = await openSqliteStore({ directory, onFatal: fail });
  await fill(store);
  const expected = await registryOf(store);
  await store.close();
  const connection = SqliteConnection.openWriter(join(directory, 'cairn.db'));
  for (const statement of WITHOUT_REGISTRY) await connection.execute(statement);
  connection.close();
  const upgraded = await openSqliteStore({ directory, onFatal: fail });
  onTestFinished(() => upgraded.close());
  expect(await registryOf(upgraded)).toEqual(expected);
});

test('on PostgreSQL an upgrade finds what commits of today would have written', async () => {
  const { url, release } = await server.freshDatabase();
  onTestFinished(release);
  const blobs = await folder();
  const store = await openPostgresStore({ url, blobs, onFatal: fail });
  await fill(store);
  const expected = await registryOf(store);
  await store.close();
  const database = new URL(url).pathname.slice(1);
  for (const statement of WITHOUT_REGISTRY) await server.query(statement, database);
  const upgraded = await openPostgresStore({ url, blobs, onFatal: fail });
  onTestFinished(() => upgraded.close());
  expect(await registryOf(upgraded)).toEqual(expected);
});

/** Two workspaces, datasets of several versions, models with equal and with other files, and what runs did with them. */
async function fill({ writer, blobs }: Store): Promise<void> {
  const kept = await blobs.put(ReadableStream.from([new TextEncoder().encode('weights')]));
  let at = AT;
  const commit = async (...changes: readonly Change[]): Promise<void> => {
    await writer.commit(commitOf(changes, { at: (at += 1000) }));
  };
  const project = { kind: 'create-project', name: 'p', artifactLocation: '', tags: [] } as const;
  await commit({ kind: 'create-workspace', workspace: OTHER, name: '', description: '' });
  await commit({ ...project, id: 'a' as ProjectId, workspace: DEFAULT_WORKSPACE });
  await commit({ ...project, id: 'b' as ProjectId, workspace: OTHER });
  for (let n = 1; n <= 8; n += 1) {
    const [run, model] = [runIdOf(n), modelIdOf(n)];
    const owner = { project: (n % 2 === 0 ? 'a' : 'b') as ProjectId };
    const name = NAMES[n % 3] ?? '';
    await commit(
      createRun(run, { ...owner, startedAt: at + 1000 }),
      createModel(model, { ...owner, name: 'digits', ...(n > 2 && { sourceRun: run }) }),
      {
        kind: 'add-inputs',
        run,
        datasets: NAMES.slice(n % 4).map((dataset, i) => ({
          dataset: { name: dataset, digest: `d${(n + i) % 3}`, sourceType: 'local', source: '{}' },
          tags: new Map([['other', name], ...(n % 2 === 0 ? [['mlflow.data.context', name] as const] : [])]),
        })),
        models: n > 1 ? [{ model: modelIdOf(n - 1), step: 0 }] : [],
      },
      { kind: 'add-outputs', run, models: [{ model, step: n }] },
    );
    const file = { kind: 'put-file', path: `w${n % 3}-${owner.project}.bin`, ...kept } as const;
    await commit(
      { ...file, owner: { kind: 'model', model } },
      { kind: 'finalise-model', model, status: 'ready' },
    );
  }
  await commit({ kind: 'delete-run', run: runIdOf(3) }, { kind: 'delete-model', model: modelIdOf(4) });
}

async function registryOf({ registry }: Store): Promise<unknown> {
  const artifacts: unknown[] = [];
  const nodes: LineageNode[] = [];
  for (const workspace of [DEFAULT_WORKSPACE, OTHER]) {
    for (const type of ['dataset', 'model']) {
      for (const { name } of await registry.artifacts({ workspace, type })) {
        const versions = await registry.artifactVersions({ workspace, type, name });
        artifacts.push(...versions);
        for (const { digest } of versions) nodes.push({ kind: 'artifact', workspace, type, name, digest });
      }
    }
  }
  for (let n = 1; n <= 8; n += 1) {
    nodes.push({ kind: 'run', run: runIdOf(n) }, { kind: 'logged-model', model: modelIdOf(n) });
  }
  const edges = await registry.edges({ nodes, way: 'down', limit: 100 });
  expect(artifacts.length).toBeGreaterThan(15);
  expect(edges.length).toBeGreaterThan(30);
  return { artifacts, edges };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'cairn-backfill-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

function fail(error: unknown): void {
  throw error;
}
