import { type Batch, type ClientLog, timeAt, valueAt } from './client-log.ts';

/** How many points a batch has: some requests small, some as large as the wire allows. */
const SIZES = [1, 5, 40, 250];

/**
 * An MLflow client in a loop: sends a batch, retries it until it is acknowledged (so that a lost answer is a repeated
 * request), then the next. One run and one metric each, steps ascending.
 */
export class WritingClient {
  readonly run: string;
  readonly metric: string;
  readonly log: ClientLog;
  #pending: Batch | undefined;
  #nextId = 0;
  #nextStep = 0;
  #isStopped = true;
  #loop: Promise<void> = Promise.resolve();

  constructor(run: string, metric: string, log: ClientLog) {
    this.run = run;
    this.metric = metric;
    this.log = log;
  }

  start(origin: string): void {
    this.#isStopped = false;
    this.#loop = this.#write(origin);
  }

  /** Ends the loop after the request under way, whatever becomes of that. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loop;
  }

  async #write(origin: string): Promise<void> {
    while (!this.#isStopped) {
      const batch = this.#pending ?? this.#make();
      try {
        const response = await fetch(`${origin}/api/2.0/mlflow/runs/log-batch`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: bodyOf(batch),
          signal: AbortSignal.timeout(10_000),
        });
        const answer = await response.text();
        if (response.status === 200) {
          this.log.acknowledge(batch.id);
          this.#pending = undefined;
        } else if (response.status < 500) {
          throw new Error(`a batch was refused: ${response.status} ${answer}`);
        }
      } catch (error) {
        // The server is gone: the batch stays pending and is sent again after the restart.
        if (error instanceof Error && error.message.startsWith('a batch was refused')) throw error;
        return;
      }
    }
  }

  #make(): Batch {
    const points = SIZES[this.#nextId % SIZES.length] as number;
    const batch = { id: this.#nextId, run: this.run, metric: this.metric, firstStep: this.#nextStep, points };
    this.#nextId += 1;
    this.#nextStep += points;
    this.#pending = batch;
    this.log.send(batch);
    return batch;
  }
}

function bodyOf(batch: Batch): string {
  const metrics = Array.from({ length: batch.points }, (_, at) => {
    const step = batch.firstStep + at;
    const value = valueAt(batch.metric, step);
    return {
      key: batch.metric,
      value: Number.isNaN(value) ? 'NaN' : Object.is(value, -0) ? '-0' : value,
      timestamp: timeAt(step),
      step,
    };
  });
  return JSON.stringify({ run_id: batch.run, run_uuid: batch.run, metrics });
}
