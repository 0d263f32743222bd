import { expect, test } from 'vitest';
import { DEFAULT_WORKSPACE, projectId } from '#core/domain/ids.ts';
import type { Project } from '#core/domain/project.ts';
import { compareProjects, matchesProject, parseProjectFilter, parseProjectOrder } from './project.ts';

function project(id: string, name: string, createdAt: number, tags: Record<string, string> = {}): Project {
  return {
    id: projectId(id),
    workspace: DEFAULT_WORKSPACE,
    name,
    artifactLocation: `mlflow-artifacts:/${id}`,
    createdAt,
    updatedAt: createdAt * 10,
    createdBy: { kind: 'local', id: 'local' },
    tags: new Map(Object.entries(tags)),
    objectives: [],
  };
}

const PROJECTS = [
  project('0', 'Default', 1),
  project('9', 'vision/digits', 2, { owner: 'ada' }),
  project('10', 'Vision/faces', 2, { owner: 'bob' }),
];

test.each([
  ['', '0 9 10'],
  ["name = 'Default'", '0'],
  ["attribute.name LIKE 'vision/%'", '9'],
  ["name ILIKE 'vision/%'", '9 10'],
  ["name != 'Default'", '9 10'],
  ['creation_time >= 2', '9 10'],
  ['last_update_time < 15', '0'],
  ["tags.owner = 'ada'", '9'],
  ['tag.owner IS NULL', '0'],
  ["name = 'Default' OR tags.owner != 'ada'", '0 10'],
  ["experiment_id IN ('9', '0')", '0 9'],
])('%s finds the projects %s', (filter, found) => {
  const parsed = parseProjectFilter(filter);
  expect(
    PROJECTS.filter((candidate) => matchesProject(parsed, candidate))
      .map(({ id }) => id)
      .join(' '),
  ).toBe(found);
});

test.each([
  [[], '9 10 0'],
  [['name'], '0 10 9'],
  [['experiment_id'], '0 9 10'],
  [['experiment_id DESC'], '10 9 0'],
  [['last_update_time asc', 'name desc'], '0 9 10'],
])('ordered by %j the projects come as %s', (order, expected) => {
  const sorted = PROJECTS.toSorted(compareProjects(parseProjectOrder(order)));
  expect(sorted.map(({ id }) => id).join(' ')).toBe(expected);
});

test('projects have no metrics to ask for', () => {
  expect(() => parseProjectFilter('metrics.loss < 1')).toThrow("Invalid entity type 'metrics'");
});
