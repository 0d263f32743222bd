import { expect, test } from 'vitest';
import { DEFAULT_WORKSPACE, modelId, registeredModelId, runId } from '#core/domain/ids.ts';
import { PROMPT_TAG, type ModelVersion, type RegisteredModel } from '#core/domain/registry.ts';
import {
  compareVersions,
  matchesVersion,
  necessaryClauses,
  parseVersionFilter,
  parseVersionOrder,
  type VersionSubject,
} from './model-version.ts';

const RUN = runId('a'.repeat(32));
const SAVED = modelId(`m-${'b'.repeat(32)}`);
const actor = { kind: 'local', id: 'local' } as const;

function model(name: string, tags: Record<string, string> = {}): RegisteredModel {
  return {
    id: registeredModelId(`rm-${name.charAt(0).codePointAt(0)?.toString(16).repeat(16)}`),
    workspace: DEFAULT_WORKSPACE,
    name,
    description: '',
    owner: '',
    createdAt: 1,
    updatedAt: 1,
    createdBy: actor,
    tags: new Map(Object.entries(tags)),
    aliases: new Map([['champion', 2]]),
    stages: new Map(),
    gates: [],
    versions: 2,
    lastVersion: 2,
    revision: 1,
  };
}

function subject(of: RegisteredModel, number: number, parts: Partial<ModelVersion> = {}): VersionSubject {
  const version: ModelVersion = {
    model: of.id,
    number,
    description: '',
    createdAt: number,
    updatedAt: number,
    createdBy: actor,
    userId: '',
    source: `s3://bucket/${of.name}/${number}`,
    storageLocation: '',
    stage: 'none',
    tags: new Map(),
    ...parts,
  };
  return { model: of, version };
}

const churn = model('churn');
const prompt = model('ask', { [PROMPT_TAG]: 'true' });
const VERSIONS = [
  subject(churn, 1, { run: RUN, stage: 'production', updatedAt: 9, tags: new Map([['data', 'v3']]) }),
  subject(churn, 2, { loggedModel: SAVED }),
  subject(churn, 10, { userId: 'ana' }),
  subject(prompt, 1, { tags: new Map([['data', 'v3']]) }),
];
const named = ({ model: { name }, version }: VersionSubject): string => `${name.charAt(0)}${version.number}`;

test.each([
  ['', 'c1 c2 c10'],
  ["name = 'churn'", 'c1 c2 c10'],
  ["name = 'ask'", ''],
  [`name = 'ask' AND tags.\`${PROMPT_TAG}\` = 'true'`, 'a1'],
  [`tags.\`${PROMPT_TAG}\` = 'false'`, 'c1 c2 c10'],
  ["name LIKE '%urn'", 'c1 c2 c10'],
  [`run_id = '${RUN}'`, 'c1'],
  [`run_id IN ('${RUN}', 'x')`, 'c1'],
  [`attribute.model_id = '${SAVED}'`, 'c2'],
  ["source_path LIKE 's3://%/2'", 'c2'],
  ['version_number > 1', 'c2 c10'],
  ['version_number IN (1, 10)', 'c1 c10'],
  ["tags.data = 'v3'", 'c1'],
  ["current_stage = 'Production'", 'c1'],
  ["alias = 'champion'", 'c2'],
  ["user_id = 'ana'", 'c10'],
  ['last_updated_timestamp > 5', 'c1 c10'],
])('%s finds the versions %s', (filter, expected) => {
  const parsed = parseVersionFilter(filter);
  const found = VERSIONS.filter((candidate) => matchesVersion(parsed, candidate));
  expect(found.map(named).join(' ')).toBe(expected);
});

test.each([
  [[], 'c10 c1 c2 a1'],
  [['name'], 'a1 c10 c2 c1'],
  [['version_number'], 'a1 c1 c2 c10'],
  [['creation_timestamp DESC', 'version_number'], 'c10 c2 a1 c1'],
])('ordered by %j the versions come as %s', (order, expected) => {
  const sorted = VERSIONS.toSorted(compareVersions(parseVersionOrder(order)));
  expect(sorted.map(named).join(' ')).toBe(expected);
});

test('what a store may narrow by is what all that is found has in common', () => {
  const keys = (filter: string) => necessaryClauses(parseVersionFilter(filter)).map(({ field }) => field.key);
  expect(keys("name = 'churn' AND run_id = 'x'")).toEqual(['name', 'run_id', PROMPT_TAG]);
  expect(keys("name = 'churn' OR run_id = 'x'")).toEqual([PROMPT_TAG]);
  expect(keys("NOT name = 'churn'")).toEqual([PROMPT_TAG]);
});
