import { toMetricValue, type MetricValue } from '#core/contract/numbers.ts';
import type { ParamInput } from './flatten-config.ts';
import { randomHex } from './random-hex.ts';

/** The body of one `logToRun` request. */
export interface LogBody {
  readonly params: ParamInput[];
  readonly tags: { key: string; value: string }[];
  readonly points: MetricColumns[];
  readonly datasets: DatasetInput[];
}

/** A dataset that a run used, described: its bytes are elsewhere. */
export interface DatasetInput {
  readonly name: string;
  /** Names the content: another digest of the name is another version. At most 36 characters. */
  readonly digest: string;
  /** `training`, `evaluation` …: what the run used it for. */
  readonly context?: string;
  /** Kind of source (`local`, `http`, `s3` …), and where it is. */
  readonly sourceType: string;
  readonly source: string;
  /** JSON texts. */
  readonly schema?: string;
  readonly profile?: string;
}

interface MetricColumns {
  metric: string;
  steps: number[];
  timesMicros: number[];
  values: MetricValue[];
}

/** What one request will carry. It keeps its idempotency key, so that however often it is sent it counts once. */
export class Batch {
  readonly key = randomHex();
  #points = 0;
  readonly #columns = new Map<string, MetricColumns>();
  readonly #params = new Map<string, ParamInput>();
  readonly #tags = new Map<string, string>();
  readonly #datasets = new Map<string, DatasetInput>();

  /** Points, params, tags and datasets held. */
  get size(): number {
    return this.#points + this.#params.size + this.#tags.size + this.#datasets.size;
  }

  /** @param timeMicros integer microseconds UTC. */
  addPoint(metric: string, step: number, timeMicros: number, value: number): void {
    let columns = this.#columns.get(metric);
    if (!columns) this.#columns.set(metric, (columns = { metric, steps: [], timesMicros: [], values: [] }));
    columns.steps.push(step);
    columns.timesMicros.push(timeMicros);
    columns.values.push(toMetricValue(value));
    this.#points += 1;
  }

  setParam(param: ParamInput): void {
    this.#params.set(param.key, param);
  }

  setTag(key: string, value: string): void {
    this.#tags.set(key, value);
  }

  useDataset(dataset: DatasetInput): void {
    this.#datasets.set(JSON.stringify([dataset.name, dataset.digest]), dataset);
  }

  body(): LogBody {
    return {
      params: [...this.#params.values()],
      tags: [...this.#tags].map(([key, value]) => ({ key, value })),
      points: [...this.#columns.values()],
      datasets: [...this.#datasets.values()],
    };
  }
}
