import { expect, test } from 'vitest';
import type { DeploymentJson, FigureJson } from '../../../api/registry.ts';
import { isProduction, performanceData, thinned, type Point } from './performance-data.ts';

const figure = (at: number, value: number, environment = 'eu-prod', metric = 'auc'): FigureJson => ({
  metric,
  value,
  environment,
  at,
  from: 'evaluation',
});
const deployment = (version: number, environment: string, startedAt: number): DeploymentJson => ({
  id: `d-${startedAt}`,
  model: 'rm-1',
  modelName: 'churn',
  version,
  environment,
  startedAt,
  by: { kind: 'user', id: 'u-1', name: 'li' },
});

test('production is drawn beside development, after the version before it, with what was deployed when', () => {
  const data = performanceData(
    'auc',
    { number: 14, dev: figure(5, 0.91, 'development') },
    {
      own: [
        figure(30, 0.89),
        figure(20, 0.9),
        figure(25, 0.5, 'eu-prod', 'loss'),
        figure(10, 0.91, 'staging'),
      ],
      previous: [figure(5, 0.88), figure(21, 0.87)],
      deployments: [
        deployment(14, 'eu-prod', 19),
        deployment(14, 'shadow', 12),
        deployment(13, 'eu-prod', 2),
      ],
    },
  );
  expect(data.prod).toEqual([
    [20, 0.9],
    [30, 0.89],
  ]);
  expect(data.before).toEqual([[5, 0.88]]);
  expect([data.dev, data.events.map(({ at }) => at)]).toEqual([0.91, [19]]);
});

test('a million points become at most a thousand, and the one spike is among them', () => {
  const points = Array.from({ length: 100_000 }, (_, i): Point => [i, i === 77_777 ? 9 : Math.sin(i)]);
  const kept = thinned(points);
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect(kept.find(([, value]) => value === 9)).toEqual([77_777, 9]);
  expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
  expect(kept).toEqual(kept.toSorted((a, b) => a[0] - b[0]));
});

test('an environment says production by a word of its own', () => {
  expect(['production', 'eu-prod', 'prod.us', 'preprod', 'product', 'shadow'].filter(isProduction)).toEqual([
    'production',
    'eu-prod',
    'prod.us',
  ]);
});
