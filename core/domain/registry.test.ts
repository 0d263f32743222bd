import { expect, test } from 'vitest';
import { Fault } from './fault.ts';
import { assertAlias, assertRegisteredName, productionName, stageName } from './registry.ts';

const none = { aliases: new Map<string, number>(), stages: new Map<string, number>(), gates: [] };

test('what is in production is said by an alias, else by the stage, and best by a name behind a gate', () => {
  expect(productionName(none)).toBeUndefined();
  const stages = new Map([['production', 2]]);
  expect(productionName({ ...none, stages })).toMatchObject({ version: 2, target: { kind: 'stage' } });
  const aliases = new Map([
    ['champion', 1],
    ['Production', 3],
  ]);
  expect(productionName({ aliases, stages, gates: [] })).toMatchObject({
    version: 3,
    target: { name: 'Production' },
  });
  const gates = [{ target: { kind: 'alias', name: 'champion' }, checks: [] }] as const;
  expect(productionName({ aliases, stages, gates })).toMatchObject({ version: 1 });
});

test.each(['latest', 'LATEST', '7', 'v7', ''])(
  '%j is no stage: it reads as a version, or as nothing',
  (text) => {
    expect(() => stageName(text)).toThrow(Fault);
  },
);

test.each(['latest', 'V12', 'a b', ''])('%j is no alias', (text) => {
  expect(() => assertAlias(text)).toThrow(Fault);
});

test.each(['.', '..', ' '])('%j is no name: no address leads there', (text) => {
  expect(() => assertRegisteredName(text)).toThrow(Fault);
});
