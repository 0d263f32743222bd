import { expect, test } from 'vitest';
import type { LineageJson } from '../../../api/registry.ts';
import { NODE, placeLineage } from './lineage-layout.ts';
import { mergeLineage } from './merge-lineage.ts';

const node = (
  key: string,
  more: { moreUp?: boolean; moreDown?: boolean } = {},
): LineageJson['nodes'][number] => ({
  key,
  kind: 'run',
  title: key,
  subtitle: '',
  moreUp: false,
  moreDown: false,
  ...more,
});
const edge = (from: string, to: string) => ({ from, to, role: 'training' });
const first: LineageJson = {
  root: 'v',
  nodes: [node('data', { moreDown: true }), node('run'), node('v')],
  edges: [edge('data', 'run'), edge('run', 'v')],
};

test('what a thing came from stands left of it, and nothing lies on anything', () => {
  const { nodes } = placeLineage({
    nodes: [...first.nodes, node('other')],
    edges: [...first.edges, edge('data', 'other')],
  });
  const at = new Map(nodes.map((placed) => [placed.node.key, placed]));
  const x = (key: string): number => at.get(key)?.x ?? NaN;
  expect([x('data') < x('run'), x('run') < x('v'), x('other')]).toEqual([true, true, x('run')]);
  const apart = Math.abs((at.get('run')?.y ?? 0) - (at.get('other')?.y ?? 0));
  expect(apart).toBeGreaterThanOrEqual(NODE.height);
  expect(at.get('v')?.from.map((each) => [each.node.key, each.role])).toEqual([['run', 'training']]);
});

test('what is found around a node joins the graph once, and that node has no more', () => {
  const more: LineageJson = {
    root: 'data',
    nodes: [node('data', { moreDown: true }), node('run'), node('other')],
    edges: [edge('data', 'run'), edge('data', 'other')],
  };
  const merged = mergeLineage(first, [more], [{ key: 'data', way: 'down' }]);
  expect(merged.nodes.map(({ key, moreDown }) => [key, moreDown])).toEqual([
    ['data', false],
    ['run', false],
    ['v', false],
    ['other', false],
  ]);
  expect(merged.edges).toHaveLength(3);
});

test('while more is being asked for, the node still says that there is more', () => {
  expect(mergeLineage(first, [undefined], [{ key: 'data', way: 'down' }]).nodes[0]?.moreDown).toBe(true);
});
