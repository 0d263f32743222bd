import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import type { PointColumns } from '#core/domain/point.ts';
import type { Run } from '#core/domain/run.ts';
import type { Commit } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import {
  commitsAtOnce,
  METRICS,
  MODELS,
  OWNERS,
  PRELUDE,
  PROJECTS,
  RUNS,
  TREES,
  WORKSPACES,
} from './operations.ts';
import { readRegistry } from './read-registry.ts';
import { digestOf } from './sample-changes.ts';
import { accountIdOf, secretHashOf } from './sample-identity.ts';
import type { MakeStore } from './specify.ts';

/** When the default project was made is the store's own time, so both are told the same. */
export const COMPARED_AT = 1_600_000_000_000;

/**
 * Property: whatever is asked of an engine, it answers and then reads like `storage/memory`. Each of `engines` gives an
 * empty store whose default project was made at `COMPARED_AT`; several are asked the same.
 */
export function modelComparison(name: string, engines: MakeStore | readonly MakeStore[], cases = 60): void {
  test(`${name}: answers and reads like the model after any commits`, { timeout: 120_000 }, async () => {
    const rounds = fc.array(commitsAtOnce, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const stores = await Promise.all([engines].flat().map((makeStore) => makeStore()));
        const model = memoryStore({ createdAt: COMPARED_AT });
        try {
          for (const commits of [[PRELUDE], ...all]) {
            const expected = await answers(model, commits);
            for (const store of stores) expect(await answers(store, commits)).toEqual(expected);
          }
          const expected = await everything(model);
          for (const store of stores) expect(await everything(store)).toEqual(expected);
        } finally {
          for (const store of stores) await store.close();
        }
      }),
      { numRuns: cases },
    );
  });
}

/** Receipts and refusals of commits that are asked for at once. */
export async function answers({ writer }: Store, commits: readonly Commit[]): Promise<readonly unknown[]> {
  const outcomes = await Promise.allSettled(commits.map((commit) => writer.commit(commit)));
  return outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    if (!(outcome.reason instanceof Fault)) throw outcome.reason;
    const { code, message, details } = outcome.reason;
    return { code, message, details };
  });
}

/** All that can be read, in an order of its own where a port promises none. */
export async function everything({ catalog, identity, registry, series, feed }: Store): Promise<unknown> {
  const collected: Record<string, unknown> = { latest: feed.latest(), events: feed.since(0)?.map(told) };
  collected['registry'] = await readRegistry(registry, {
    workspaces: WORKSPACES,
    runs: RUNS,
    models: MODELS,
  });
  collected['workspaces'] = await catalog.workspaces();
  for (const workspace of WORKSPACES) collected[workspace] = await catalog.projects(workspace, 'all');
  for (const view of ['active', 'deleted', 'all'] as const) {
    collected[view] = (await catalog.runs(PROJECTS, view)).map(comparable).toSorted(byId);
  }
  collected['going'] = (await catalog.activeRuns()).map(comparable).toSorted(byId);
  collected['recent'] = (await catalog.recentRuns(2)).map((run) => run.id);
  for (const run of RUNS) {
    const found = await catalog.run(run);
    collected[run] = found && comparable(found);
  }
  for (const project of PROJECTS) collected[`${project}#1`] = (await catalog.runByNumber(project, 1))?.id;
  for (const id of MODELS) {
    const model = await catalog.model(id);
    const metrics = model?.metrics.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const manifest = model?.manifest && (await catalog.manifest(model.manifest));
    collected[id] = { ...model, metrics, manifest };
  }
  collected['models'] = (await catalog.models(PROJECTS)).map((model) => model.id).toSorted();
  for (const tree of TREES) {
    const key = JSON.stringify(tree);
    collected[key] = [
      await catalog.files(tree, ''),
      await catalog.list(tree, ''),
      await catalog.list(tree, 'a'),
    ];
  }
  for (const blob of [1, 2, 3]) collected[`blob ${blob}`] = await catalog.isReferenced(digestOf(blob));
  collected['condemned'] = await catalog.condemned({ until: Infinity, after: '', limit: 9 });
  for (const [part, read] of Object.entries(IDENTITY)) collected[part] = await read(identity);
  for (const owner of OWNERS) {
    for (const metric of METRICS) {
      collected[JSON.stringify([owner, metric])] = rowsOf(await series.read({ owner, metric }));
    }
  }
  return collected;
}

/** Everything about identity. */
const IDENTITY: Readonly<Record<string, (identity: Store['identity']) => Promise<unknown>>> = {
  accounts: (identity) => identity.accounts(),
  seen: async (identity) =>
    new Map([...(await identity.lastSeen())].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  passwords: (identity) => Promise.all(NUMBERS.map((n) => identity.passwordHash(accountIdOf(n)))),
  teams: (identity) => identity.teams(),
  roles: (identity) => identity.roles(),
  'roles of': (identity) => Promise.all(NUMBERS.map((n) => identity.rolesOf(accountIdOf(n)))),
  keys: (identity) => identity.keys('all'),
  'keys by hash': (identity) => Promise.all(NUMBERS.map((n) => identity.keyByHash(secretHashOf(n)))),
  sessions: (identity) => Promise.all(NUMBERS.map((n) => identity.session(secretHashOf(n)))),
  'sessions of': (identity) => Promise.all(NUMBERS.map((n) => identity.sessions(accountIdOf(n)))),
  invitations: (identity) => Promise.all(NUMBERS.map((n) => identity.invitation(secretHashOf(n)))),
  audit: (identity) => identity.audit({ limit: 100 }),
};
const NUMBERS = [1, 2, 3];

/** What a purge leaves of several registered models is told in any order. */
function told(event: CommitEvent): CommitEvent {
  return event.registered ? { ...event, registered: event.registered.toSorted() } : event;
}

/** Points that share a group share its sequence, so the number itself is the engine's. */
function comparable(run: Run): Run {
  return { ...run, sequence: 0 };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

/** NaN, 0 and −0 rank alike: among equals their order is the engine's, so here they get one. */
function rowsOf({ steps, times, values }: PointColumns): readonly string[] {
  const shown = (value: number) => (Object.is(value, -0) ? '-0' : String(value));
  const rows = Array.from(steps, (step, i) => ({ step, time: times[i] ?? 0, value: shown(values[i] ?? 0) }));
  return rows
    .toSorted((a, b) => a.step - b.step || a.time - b.time || (a.value < b.value ? -1 : 1))
    .map((row) => `${row.step} ${row.time} ${row.value}`);
}
