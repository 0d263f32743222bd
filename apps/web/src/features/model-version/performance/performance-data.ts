import type { DeploymentJson, FigureJson, VersionDetail } from '../../../api/registry.ts';

// What the chart of development and production draws, from figures and deployments.

/** Time in ms UTC, value. */
export type Point = readonly [at: number, value: number];

export interface PerformanceData {
  readonly metric: string;
  /** Production figures of this version, oldest first. */
  readonly prod: readonly Point[];
  /** Those of the version before it, until it was replaced. */
  readonly before: readonly Point[];
  readonly dev: number | undefined;
  readonly events: readonly {
    readonly at: number;
    readonly deployment: DeploymentJson;
    readonly isEnd: boolean;
  }[];
}

/** Words that say production: `production`, `prod`, `eu-prod`; not `preprod`. */
const PRODUCTION = /(^|[._-])prod(uction)?($|[._-])/;

export function isProduction(environment: string): boolean {
  return PRODUCTION.test(environment);
}

/** Metrics that were measured of it, the objective first, then by name. */
export function measuredMetrics(version: Pick<VersionDetail, 'objective' | 'dev' | 'evaluations'>): string[] {
  const names = new Set(version.evaluations.map(({ metric }) => metric));
  if (version.dev) names.add(version.dev.metric);
  const first = version.objective?.metric;
  return [...names].toSorted((a, b) => Number(b === first) - Number(a === first) || (a < b ? -1 : 1));
}

export function performanceData(
  metric: string,
  version: Pick<VersionDetail, 'dev' | 'number'>,
  parts: {
    readonly own: readonly FigureJson[];
    readonly previous: readonly FigureJson[];
    readonly deployments: readonly DeploymentJson[];
  },
): PerformanceData {
  const prod = productionPoints(parts.own, metric);
  const start = prod[0]?.[0];
  const before = productionPoints(parts.previous, metric).filter(([at]) => start === undefined || at < start);
  const measured = parts.own.find((each) => each.metric === metric && each.environment === 'development');
  const dev = version.dev?.metric === metric ? version.dev.value : measured?.value;
  const events = parts.deployments
    .filter((deployment) => deployment.version === version.number && isProduction(deployment.environment))
    .flatMap((deployment) => [
      { at: deployment.startedAt, deployment, isEnd: false },
      ...(deployment.endedAt === undefined ? [] : [{ at: deployment.endedAt, deployment, isEnd: true }]),
    ])
    .toSorted((a, b) => a.at - b.at);
  return { metric, prod: thinned(prod), before: thinned(before), dev, events };
}

function productionPoints(figures: readonly FigureJson[], metric: string): Point[] {
  return figures
    .filter((figure) => figure.metric === metric && isProduction(figure.environment))
    .map(({ at, value }): Point => [at, value])
    .toSorted((a, b) => a[0] - b[0]);
}

const BUCKETS = 250;

/** At most 1000 points: of each of 250 equal spans of time the first, smallest, largest and last, so that no spike is lost. */
export function thinned(points: readonly Point[], buckets = BUCKETS): readonly Point[] {
  if (points.length <= buckets * 4) return points;
  const from = points[0]?.[0] ?? 0;
  const span = ((points.at(-1)?.[0] ?? 0) - from) / buckets || 1;
  const kept: Point[] = [];
  let start = 0;
  while (start < points.length) {
    const bucket = bucketOf(points[start], from, span, buckets);
    let end = start;
    let low = start;
    let high = start;
    while (end < points.length && bucketOf(points[end], from, span, buckets) === bucket) {
      if (valueAt(points, end) < valueAt(points, low)) low = end;
      if (valueAt(points, end) > valueAt(points, high)) high = end;
      end += 1;
    }
    const chosen = new Set([start, low, high, end - 1]);
    for (const i of [...chosen].toSorted((a, b) => a - b)) kept.push(points[i] as Point);
    start = end;
  }
  return kept;
}

function bucketOf(point: Point | undefined, from: number, span: number, buckets: number): number {
  return Math.min(buckets - 1, Math.floor(((point?.[0] ?? from) - from) / span));
}

function valueAt(points: readonly Point[], i: number): number {
  return points[i]?.[1] ?? NaN;
}
