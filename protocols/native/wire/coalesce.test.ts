import { expect, test } from 'vitest';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';
import { coalesce } from './coalesce.ts';

const DELETED: CommitEvent = { sequence: 7, projects: ['1'], runs: [], models: [], wholeProjects: ['1'] };
const RENAMED: CommitEvent = { sequence: 8, projects: ['1'], runs: [], models: [] };
const NOTHING = { home: false, projects: new Set<string>(), runs: new Set<string>() };

test('a project that changed with all its runs is named to every page that may show one of them', () => {
  const named = { kind: 'changed', cursor: '7', projects: ['1'], runs: [] };
  expect(coalesce([DELETED], { ...NOTHING, home: true })).toEqual(named);
  expect(coalesce([DELETED], { ...NOTHING, projects: new Set(['1']) })).toEqual(named);
  expect(coalesce([DELETED], { ...NOTHING, runs: new Set(['a'.repeat(32)]) })).toEqual(named);
  expect(coalesce([DELETED], { ...NOTHING, projects: new Set(['2']) })).toBeUndefined();
  expect(coalesce([RENAMED], { ...NOTHING, runs: new Set(['a'.repeat(32)]) })).toBeUndefined();
});

test('a registered model that changed is named to pages that show models, and to home', () => {
  const promoted: CommitEvent = { sequence: 9, projects: [], runs: [], models: [], registered: ['rm-1'] };
  const named = { kind: 'changed', cursor: '9', projects: [], runs: [], registered: ['rm-1'] };
  expect(coalesce([promoted, promoted], { ...NOTHING, registry: true })).toEqual(named);
  expect(coalesce([promoted], { ...NOTHING, home: true })).toEqual(named);
  expect(coalesce([promoted], NOTHING)).toBeUndefined();
});
