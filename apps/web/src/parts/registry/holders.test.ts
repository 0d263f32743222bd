import { expect, test } from 'vitest';
import type { LaneJson } from '../../api/registry.ts';
import { knownTargets, nextTarget, waysBack } from './holders.ts';

const held = (version: number, from: number, to?: number): LaneJson['holdings'][number] => ({
  version,
  from,
  ...(to !== undefined && { to }),
  reason: '',
  isRollback: false,
});

test('a version is rolled back to whoever held the name before it, production first', () => {
  const lanes: LaneJson[] = [
    { kind: 'alias', name: 'staging', holdings: [held(13, 1, 4), held(14, 4)] },
    { kind: 'environment', name: 'eu-prod', holdings: [held(13, 1, 3), held(14, 3)] },
    {
      kind: 'alias',
      name: 'production',
      holdings: [held(12, 1, 2), held(14, 2, 3), held(12, 3, 4), held(14, 4)],
    },
  ];
  expect(waysBack(lanes, 14)).toEqual([
    { target: { kind: 'alias', name: 'production' }, from: 14, to: 12 },
    { target: { kind: 'alias', name: 'staging' }, from: 14, to: 13 },
  ]);
});

test('there is no way back from a name that one does not hold, or was the first to hold', () => {
  const lanes: LaneJson[] = [{ kind: 'alias', name: 'production', holdings: [held(13, 1)] }];
  expect([waysBack(lanes, 13), waysBack(lanes, 14)]).toEqual([[], []]);
});

test('a version can go wherever a name is known, to guarded names first, never back to none', () => {
  const targets = knownTargets({
    aliases: [{ alias: 'champion', version: 3 }],
    stages: [{ stage: 'none', version: 4 }],
    gates: [{ target: { kind: 'stage', name: 'production' }, checks: [] }],
  });
  expect(targets.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'stage production',
    'alias champion',
    'stage staging',
    'stage archived',
  ]);
});

test('a version is offered the first name that it does not hold', () => {
  const model = {
    aliases: [
      { alias: 'production', version: 14 },
      { alias: 'staging', version: 15 },
    ],
    stages: [],
    gates: [],
  };
  expect([14, 15].map((version) => nextTarget(model, version)?.name)).toEqual(['staging', 'production']);
});
