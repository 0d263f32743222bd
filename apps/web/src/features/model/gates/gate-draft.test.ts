import { expect, test } from 'vitest';
import type { GateJson } from '../../../api/registry.ts';
import { checkOf, draftOf, gateOf, newCheck } from './gate-draft.ts';

const GATE: GateJson = {
  target: { kind: 'alias', name: 'production' },
  checks: [
    { kind: 'metric', metric: 'val/auc', direction: 'max', dataset: 'holdout', tolerance: 0.002, bound: 0.9 },
    { kind: 'metric' },
    { kind: 'signature' },
    { kind: 'tags', tags: [{ key: 'bias-report' }, { key: 'licence', value: 'a=b' }] },
    { kind: 'evaluation', environment: 'staging' },
    { kind: 'file', path: 'reports/**' },
    { kind: 'data-age', days: 60 },
  ],
  approval: { role: 'editor', count: 2 },
};

test('a gate of every kind of check comes out of the form as it went in', () => {
  expect(gateOf(draftOf(GATE))).toEqual(GATE);
});

test('a new gate guards production, which of both is free, and asks for nothing yet', () => {
  expect(draftOf(undefined, [GATE.target]).target).toEqual({ kind: 'stage', name: 'production' });
  expect(gateOf(draftOf(undefined))).toEqual({ target: { kind: 'alias', name: 'production' }, checks: [] });
});

test('a check that misses what it needs holds the form back', () => {
  const checks = [
    newCheck('tags'),
    newCheck('file'),
    newCheck('data-age'),
    { ...newCheck('data-age'), days: '0' },
    { ...newCheck('metric'), bound: 'much' },
    { ...newCheck('metric'), tolerance: '-1' },
  ];
  expect(checks.map(checkOf)).toEqual(checks.map(() => undefined));
  expect(gateOf({ ...draftOf(GATE), target: { kind: 'alias', name: ' ' } })).toBeUndefined();
});
