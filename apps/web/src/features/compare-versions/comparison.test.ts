import { expect, test } from 'vitest';
import type { VersionDetail } from '../../api/registry.ts';
import { compareVersions, parseRequirements, patchOf } from './comparison.ts';

const NONE = { a: new Map(), b: new Map() };

function version(parts: Partial<VersionDetail>): VersionDetail {
  const origin = { isHidden: false, source: {}, params: [], metrics: [], datasets: [] };
  return {
    data: [],
    tags: [],
    tagsOfModel: [],
    fileList: [],
    evaluations: [],
    origin,
    ...parts,
  } as unknown as VersionDetail;
}

const params = (values: Readonly<Record<string, string>>): VersionDetail['origin'] => ({
  isHidden: false,
  source: {},
  params: Object.entries(values).map(([key, text]) => ({ key, text, type: 'string' as const })),
  metrics: [],
  datasets: [],
});

test('rows that differ stand first, and 1.0 is no other number than 1', () => {
  const [group] = compareVersions(
    version({ origin: params({ gamma: '1.0', depth: '6', tree: 'hist' }) }),
    version({ origin: params({ gamma: '1', depth: '5', extra: 'x' }) }),
    NONE,
  );
  expect(group?.rows.map(({ key, a, b, by, isSame }) => [key, a, b, by, isSame])).toEqual([
    ['depth', '6', '5', -1, false],
    ['tree', 'hist', undefined, undefined, false],
    ['extra', undefined, 'x', undefined, false],
    ['gamma', '1.0', '1', 0, true],
  ]);
  expect(group?.different).toBe(3);
});

test('the objective says which way is better, and takes its own aggregate', () => {
  const point = (value: number) => ({ step: 1, timeMicros: 1, value });
  const metric = (last: number, max: number) => [{ key: 'auc', last: point(last), max: point(max) }];
  const objective = { metric: 'auc', direction: 'max', aggregate: 'max', origin: 'declared' } as const;
  const [group] = compareVersions(
    version({ objective, origin: { ...params({}), metrics: metric(0.8, 0.9) } }),
    version({ objective, origin: { ...params({}), metrics: metric(0.7, 0.95) } }),
    NONE,
  );
  expect(group?.rows[0]).toMatchObject({ key: 'auc', numbers: [0.9, 0.95], better: 'max' });
});

test('requirements are read by package, however they are pinned', () => {
  const text =
    'mlflow==3.4.0\nnumpy>=2,<3  # pinned\n\n# note\nScikit_Learn\npandas[parquet]==2.3\n-r other.txt\n';
  expect(Object.fromEntries(parseRequirements(text))).toEqual({
    mlflow: '3.4.0',
    numpy: '>=2,<3',
    'scikit-learn': '*',
    'pandas[parquet]': '2.3',
  });
});

test('a patch is where the client put it, or nowhere', () => {
  expect(patchOf(version({ tags: [{ key: 'mlflow.git.diff', value: '+ x' }] }))).toBe('+ x');
  expect(patchOf(version({}))).toBeUndefined();
});
