import { expect, test } from 'vitest';
import { knownTargets, nextTarget, waysBackFrom, type WayBack } from './holders.ts';

test('a version is offered the roll-backs of the names that it holds, production first', () => {
  const way = (kind: 'alias' | 'stage', name: string, from: number, to: number): WayBack => ({
    target: { kind, name },
    from,
    to,
  });
  const staging = way('alias', 'staging', 14, 13);
  const stage = way('stage', 'production', 14, 11);
  const alias = way('alias', 'production', 14, 12);
  const ways = [staging, way('alias', 'champion', 13, 12), stage, alias];
  expect(waysBackFrom(ways, 14)).toEqual([alias, stage, staging]);
  expect(waysBackFrom(ways, 12)).toEqual([]);
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
