import type { ModelId, RunId } from '#core/domain/ids.ts';
import type { MetricSummary, SeriesOwner } from '#core/domain/point.ts';

export interface LastValue {
  readonly run: RunId;
  readonly metric: string;
  readonly value: number;
}

/** What the catalogue needs to know of series to assemble a run or a model. */
export interface MetricSource {
  /** Reads at once what `summaries` and `touched` of these runs would read one by one. */
  fetch(runs: readonly RunId[]): Promise<void>;
  /** Of each metric of an owner, published points only. */
  summaries(owner: SeriesOwner): Promise<ReadonlyMap<string, MetricSummary>>;
  /** Over all runs and datasets that measured the model. */
  modelMetrics(
    model: ModelId,
  ): Promise<
    readonly { readonly owner: SeriesOwner; readonly metric: string; readonly summary: MetricSummary }[]
  >;
  /** The last value of these metrics, of those of the runs that have points of them. */
  lastValues(runs: readonly RunId[], metrics: readonly string[]): Promise<readonly LastValue[]>;
  /** The last commit that brought points to the run. */
  touched(run: RunId): Promise<{ readonly sequence: number; readonly at: number } | undefined>;
}
