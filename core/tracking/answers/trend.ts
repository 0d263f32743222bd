import { isProductionEnvironment } from '#core/domain/evaluation.ts';
import type { ModelVersion } from '#core/domain/registry.ts';
import type { Ports } from '../ports/ports.ts';
import { evaluatingRuns } from '../evaluations/evaluating-runs.ts';
import { measuredBy, recordedFigure, type Figure } from '../evaluations/figures.ts';
import type { Sight } from './sight.ts';
import type { VersionRow } from './version-rows.ts';

/** Figures by time: [milliseconds UTC, value], oldest first. */
export type Trend = readonly (readonly [at: number, value: number])[];

type Needs = Pick<Ports, 'registry' | 'catalog' | 'clock'>;

const WEEK_MS = 7 * 86_400_000;
/** A sparkline has no more pixels. */
const MOST_POINTS = 200;
const A_WEEK_OF_MINUTES = 10_080;
/** Figures that are read for all trends of an answer. A trend that would need more begins later. */
const BUDGET = 200_000;
const LEAST_PER_VERSION = 200;
const RUNS_PER_VERSION = 500;

/** How each version did in production in the last 7 days by its objective's metric; one list per row, in their order. */
export async function productionTrend(
  ports: Needs,
  sight: Sight,
  rows: readonly VersionRow[],
): Promise<readonly Trend[]> {
  const measured = rows.flatMap(({ objective, version }) =>
    objective ? [{ version, metric: objective.metric }] : [],
  );
  const limit = Math.max(LEAST_PER_VERSION, Math.floor(BUDGET / Math.max(1, rows.length)));
  const figures = await measurementsOf(ports, sight, {
    of: measured,
    since: ports.clock.now() - WEEK_MS,
    limit: Math.min(A_WEEK_OF_MINUTES, limit),
  });
  const byVersion = new Map(measured.map(({ version }, at) => [version, figures[at] ?? []]));
  return rows.map(({ version }) => {
    const all = byVersion.get(version) ?? [];
    const inProduction = all.filter(({ environment }) => isProductionEnvironment(environment));
    return thin(inProduction.map(({ at, value }) => [at, value] as const).toReversed());
  });
}

/**
 * Each single measurement of versions, of one metric or of all, whoever recorded it, runs that evaluate them included if they may be
 * read: newest first, one list per version, at most `limit` each.
 */
export async function measurementsOf(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  { sees }: Sight,
  ask: {
    readonly of: readonly { readonly version: ModelVersion; readonly metric?: string }[];
    readonly environment?: string;
    readonly since?: number;
    readonly limit: number;
  },
): Promise<readonly (readonly Figure[])[]> {
  const { environment, limit, since } = ask;
  const versions = ask.of.map(({ version }) => version);
  const evaluating = await evaluatingRuns(ports, versions, RUNS_PER_VERSION);
  return Promise.all(
    ask.of.map(async ({ metric, version }): Promise<readonly Figure[]> => {
      const evaluations = await ports.registry.evaluations({
        version: { model: version.model, number: version.number },
        ...(metric !== undefined && { metric }),
        ...(environment !== undefined && { environment }),
        ...(since !== undefined && { since }),
        limit,
      });
      const recorded = evaluations.map(recordedFigure);
      const byRuns = (evaluating.get(version) ?? []).filter(sees).flatMap(measuredBy);
      const wanted = byRuns.filter(
        (figure) =>
          (metric === undefined || figure.metric === metric) &&
          (environment === undefined || figure.environment === environment) &&
          (since === undefined || figure.at >= since),
      );
      if (wanted.length === 0) return recorded;
      return [...recorded, ...wanted].toSorted((a, b) => b.at - a.at).slice(0, limit);
    }),
  );
}

/** Evenly spread ones, the first and the last among them. */
function thin(points: Trend): Trend {
  if (points.length <= MOST_POINTS) return points;
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, at) => points[Math.round(at * step)] as Trend[number]);
}
