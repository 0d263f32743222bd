import { expect, test } from 'vitest';
import type { Actor } from '#core/domain/actor.ts';
import type { Deployment } from '#core/domain/evaluation.ts';
import { deploymentId, registeredModelId } from '#core/domain/ids.ts';
import type { RegistryAction, RegistryEntry } from '#core/domain/registry-log.ts';
import { heldBefore, placeSince } from './in-production.ts';
import { currentHolding, lanesOf, type Lane } from './lanes.ts';

const model = registeredModelId(`rm-${'1'.repeat(32)}`);
const ana: Actor = { kind: 'user', id: 'ana' };

let number = 0;
function entry(
  at: number,
  action: RegistryAction,
  version: number | undefined,
  details: Record<string, string>,
): RegistryEntry {
  number += 1;
  const rest = { number, actor: ana, at, reason: `at ${at}`, previous: '', hash: '' };
  return { ...rest, model, action, details, ...(version !== undefined && { version }) };
}

/** `production: 1[10–20] 2[20–]` */
function drawn(lanes: readonly Lane[]): string[] {
  return lanes.map(
    ({ holdings, kind, name }) =>
      `${kind} ${name}: ${holdings.map(({ from, to, version, isRollback }) => `${version}[${from}–${to ?? ''}]${isRollback ? ' back' : ''}`).join(' ')}`,
  );
}

test('an alias is of one version at a time, and a roll-back is a holding of its own', () => {
  const lanes = lanesOf(
    [
      entry(10, 'alias.moved', 1, { alias: 'champion', to: '1' }),
      entry(20, 'alias.moved', 2, { alias: 'champion', from: '1', to: '2' }),
      entry(30, 'alias.moved', 1, { alias: 'champion', from: '2', to: '1', rollback: 'true' }),
      entry(40, 'alias.removed', 1, { alias: 'champion', from: '1' }),
    ],
    [],
  );
  expect(drawn(lanes)).toEqual(['alias champion: 1[10–20] 2[20–30] 1[30–40] back']);
  expect(currentHolding(lanes, { kind: 'alias', name: 'champion' }, 1)).toBe(undefined);
});

test('a version is in one stage at a time, several share a stage, and none and archived are no lanes', () => {
  const lanes = lanesOf(
    [
      entry(10, 'stage.changed', 1, { from: 'none', to: 'staging' }),
      entry(20, 'stage.changed', 2, { from: 'none', to: 'staging' }),
      entry(30, 'stage.changed', 1, { from: 'staging', to: 'production' }),
      entry(40, 'stage.changed', 1, { from: 'production', to: 'archived' }),
    ],
    [],
  );
  expect(drawn(lanes)).toEqual(['stage production: 1[30–40]', 'stage staging: 1[10–30] 2[20–]']);
});

test('a version that is deleted holds nothing any more', () => {
  const lanes = lanesOf(
    [
      entry(10, 'alias.moved', 3, { alias: 'a', to: '3' }),
      entry(10, 'stage.changed', 3, { from: 'none', to: 'production' }),
      entry(50, 'version.deleted', 3, {}),
    ],
    [],
  );
  expect(drawn(lanes)).toEqual(['alias a: 3[10–50]', 'stage production: 3[10–50]']);
});

test('environments come from deployments', () => {
  const runs = (version: number, startedAt: number, endedAt?: number): Deployment => ({
    id: deploymentId(`d-${String(version).repeat(32)}`),
    version: { model, number: version },
    environment: 'eu-prod',
    startedAt,
    by: ana,
    ...(endedAt !== undefined && { endedAt }),
  });
  const lanes = lanesOf([], [runs(2, 20), runs(1, 10, 20)]);
  expect(drawn(lanes)).toEqual(['environment eu-prod: 1[10–20] 2[20–]']);
});

test('since when, by whom, and who was there before', () => {
  const lanes = lanesOf(
    [
      entry(10, 'alias.moved', 1, { alias: 'prod', to: '1' }),
      entry(20, 'alias.moved', 2, { alias: 'prod', to: '2' }),
    ],
    [],
  );
  const place = { kind: 'alias', name: 'prod', version: 2 } as const;
  expect(placeSince(place, { lanes, createdAt: 5 })).toEqual({ because: 'alias prod', since: 20, by: ana });
  expect([heldBefore(lanes, place, 2), heldBefore(lanes, place, 1)]).toEqual([1, undefined]);
  const rolledBack = lanesOf(
    [
      entry(10, 'alias.moved', 1, { alias: 'prod', to: '1' }),
      entry(20, 'alias.moved', 2, { alias: 'prod', to: '2' }),
      entry(30, 'alias.moved', 1, { alias: 'prod', to: '1', rollback: 'true' }),
    ],
    [],
  );
  expect([heldBefore(rolledBack, place, 1), heldBefore(rolledBack, place, 2)]).toEqual([undefined, 1]);
  // A stage that came with a migration, say, has no entry: it is as old as the version.
  const unknown = { kind: 'stage', name: 'production', version: 2 } as const;
  expect(placeSince(unknown, { lanes, createdAt: 5 })).toEqual({ because: 'stage production', since: 5 });
});
