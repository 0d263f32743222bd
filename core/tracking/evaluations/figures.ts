// How versions do, as one list of figures per version, whoever measured them: recorded evaluations, runs that say they evaluate the
// version, the logged model's own metrics, and the run that trained it. Of equals by (metric, environment, dataset) the newest counts.

import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import {
  DEVELOPMENT,
  ENVIRONMENT_TAG,
  isProductionEnvironment,
  type Evaluation,
} from '#core/domain/evaluation.ts';
import type { RunId } from '#core/domain/ids.ts';
import type { Objective } from '#core/domain/project.ts';
import type { ModelVersion, VersionRef } from '#core/domain/registry.ts';
import type { Run } from '#core/domain/run.ts';
import type { Ports } from '../ports/ports.ts';
import { objectiveValue } from '../runs/survey-runs.ts';
import { evaluatingRuns } from './evaluating-runs.ts';

export interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly environment: string;
  /** When it was measured, milliseconds UTC. */
  readonly at: number;
  readonly samples?: number;
  readonly dataset?: { readonly name: string; readonly digest?: string };
  readonly from: 'evaluation' | 'run' | 'training' | 'logged-model';
  readonly run?: RunId;
}

/** Which projects' runs may be looked at. */
export type SeesRun = (run: Run) => boolean;

type Needs = Pick<Ports, 'registry' | 'catalog'>;
const EDGES_PER_VERSION = 500;

/** Newest first, one list per version in their order. */
export async function figuresOf(
  ports: Needs,
  versions: readonly ModelVersion[],
  sees: SeesRun,
): Promise<readonly (readonly Figure[])[]> {
  const recorded = Map.groupBy(await ports.registry.latestEvaluations(versions), ({ version }) =>
    refKey(version),
  );
  const evaluating = await evaluatingRuns(ports, versions, EDGES_PER_VERSION);
  return Promise.all(
    versions.map(async (version) => {
      const figures = (recorded.get(refKey(version)) ?? []).map(recordedFigure);
      for (const run of evaluating.get(version) ?? []) if (sees(run)) figures.push(...measuredBy(run));
      figures.push(
        ...(await ofLoggedModel(ports, version, sees)),
        ...(await ofTraining(ports, version, sees)),
      );
      return newestOfEach(figures);
    }),
  );
}

/** How a version does by its objective: in development where evaluation goes before training, and in production. */
export function objectiveFigures(
  objective: Objective | undefined,
  figures: readonly Figure[],
): { readonly dev?: Figure; readonly prod?: Figure } {
  if (!objective) return {};
  const ofMetric = figures.filter(({ metric }) => metric === objective.metric);
  const inDevelopment = ofMetric.filter(({ environment }) => environment === DEVELOPMENT);
  const prod = ofMetric.find(({ environment }) => isProductionEnvironment(environment));
  const dev = inDevelopment.toSorted((a, b) => RANK[a.from] - RANK[b.from])[0];
  return { ...(dev && { dev }), ...(prod && { prod }) };
}

/** What was measured of the version itself goes before what was measured while it came about. */
const RANK: Readonly<Record<Figure['from'], number>> = {
  evaluation: 0,
  run: 0,
  'logged-model': 1,
  training: 2,
};

export function recordedFigure(one: Evaluation): Figure {
  const { metric, value, environment, at, samples, dataset, run } = one;
  return {
    metric,
    value,
    environment,
    at,
    ...(samples !== undefined && { samples }),
    ...(dataset && { dataset }),
    ...(run && { run }),
    from: 'evaluation',
  };
}

function refKey({ model, number }: VersionRef): string {
  return `${model}/${number}`;
}

export function measuredBy(run: Run): readonly Figure[] {
  const dataset = onlyDataset(run);
  const environment = run.tags.get(ENVIRONMENT_TAG) ?? DEVELOPMENT;
  return lastValues(run).map(([metric, value, at]): Figure => ({
    metric,
    value,
    environment,
    at,
    ...(dataset && { dataset }),
    from: 'run',
    run: run.id,
  }));
}

/** The run that made the version: its objective by the aggregate that counts, every other metric by its last value. */
async function ofTraining(ports: Needs, version: ModelVersion, sees: SeesRun): Promise<readonly Figure[]> {
  const run = version.run && (await ports.catalog.run(version.run));
  if (!run || !sees(run)) return [];
  const { objective } = version;
  const dataset = evaluationDataset(run);
  return lastValues(run).map(([metric, last, at]): Figure => {
    const best = objective?.metric === metric ? objectiveValue(run, objective) : undefined;
    return {
      metric,
      // One infinite step on the way would win every comparison.
      value: best !== undefined && Number.isFinite(best) ? best : last,
      environment: DEVELOPMENT,
      at,
      ...(dataset && { dataset }),
      from: 'training',
      run: run.id,
    };
  });
}

async function ofLoggedModel(ports: Needs, version: ModelVersion, sees: SeesRun): Promise<readonly Figure[]> {
  const model = version.loggedModel && (await ports.catalog.model(version.loggedModel));
  if (!model) return [];
  const figures: Figure[] = [];
  for (const { owner, metric, summary } of model.metrics) {
    const { value, time } = summary.last;
    // Without a dataset it is what the training run says, too.
    if (!owner.dataset || !Number.isFinite(value)) continue;
    const run = await ports.catalog.run(owner.run);
    if (run && !sees(run)) continue;
    figures.push({
      metric,
      value,
      environment: DEVELOPMENT,
      at: Math.floor(time / 1000),
      dataset: owner.dataset,
      from: 'logged-model',
      run: owner.run,
    });
  }
  return figures;
}

function lastValues(run: Run): readonly (readonly [metric: string, value: number, at: number])[] {
  return [...run.metrics]
    .filter(([, { last }]) => Number.isFinite(last.value))
    .map(([metric, { last }]) => [metric, last.value, Math.floor(last.time / 1000)]);
}

function onlyDataset(run: Run): Figure['dataset'] {
  const [first, ...more] = run.datasets;
  return first && more.length === 0 ? named(first.dataset) : undefined;
}

/** What a training run measured itself on: its one dataset whose context does not say training. */
function evaluationDataset(run: Run): Figure['dataset'] {
  const [first, ...more] = run.datasets.filter(({ tags }) =>
    /eval|val|test|holdout/i.test(tags.get(CONTEXT_TAG) ?? ''),
  );
  return first && more.length === 0 ? named(first.dataset) : undefined;
}

function named({ name, digest }: { readonly name: string; readonly digest: string }): Figure['dataset'] {
  return { name, digest };
}

function newestOfEach(figures: readonly Figure[]): readonly Figure[] {
  const newest = new Map<string, Figure>();
  for (const figure of figures.toSorted((a, b) => b.at - a.at)) {
    const { metric, environment, dataset } = figure;
    const key = JSON.stringify([metric, environment, dataset?.name, dataset?.digest, RANK[figure.from]]);
    if (!newest.has(key)) newest.set(key, figure);
  }
  return [...newest.values()];
}
