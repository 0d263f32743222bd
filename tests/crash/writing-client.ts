import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Batch, type ClientLog, type Creation, noteOf, timeAt, valueAt } from './client-log.ts';

/** How many points a batch has: single ones, and some that make a commit of their own. */
const SIZES = [1, 5, 40, 250];
/** Every so many requests a run is created instead. */
const CREATE_EVERY = 16;
const PAUSE_MS = 50;

/** A request without an answer ends the loop and stays pending, or is sent again after a moment. */
type WhenGone = 'ends' | 'retries';

/** A request that must be sent, and sent again, until it is acknowledged. */
type Pending =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'run'; readonly creation: Creation };

/**
 * A client in a loop: sends a batch as MLflow's does or creates a run, retries it until it is acknowledged (so that a
 * lost answer is a repeated request), then the next. One run and one metric each, steps ascending.
 */
export class WritingClient {
  readonly run: string;
  readonly metric: string;
  readonly log: ClientLog;
  #pending: Pending | undefined;
  #nextId = 0;
  #nextStep = 0;
  #isStopped = true;
  #loop: Promise<void> = Promise.resolve();
  #refusal: Error | undefined;

  constructor(run: string, metric: string, log: ClientLog) {
    this.run = run;
    this.metric = metric;
    this.log = log;
  }

  start(origin: string, whenGone: WhenGone = 'ends'): void {
    this.#isStopped = false;
    this.#loop = this.#write(origin, whenGone);
  }

  /** Ends the loop after the request under way, whatever becomes of that. Throws if one was refused. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loop;
    if (this.#refusal) throw this.#refusal;
  }

  async #write(origin: string, whenGone: WhenGone): Promise<void> {
    while (!this.#isStopped) {
      const pending = (this.#pending ??= this.#make());
      const { path, body } = this.#request(pending);
      let status: number;
      let answer: string;
      try {
        const response = await fetch(origin + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(10_000),
        });
        status = response.status;
        answer = await response.text();
      } catch {
        // The server is gone: the request stays pending and is sent again after the restart.
        if (whenGone === 'ends') return;
        status = 503;
        answer = '';
      }
      if (status >= 500) {
        if (whenGone === 'retries') await sleep(PAUSE_MS);
        continue;
      }
      if (status >= 400) {
        this.#refusal = new Error(`a request was refused: ${status} ${answer}`);
        return;
      }
      this.log.acknowledge(pending.kind === 'batch' ? pending.batch.id : pending.creation.id);
      this.#pending = undefined;
    }
  }

  #make(): Pending {
    const id = this.#nextId;
    this.#nextId += 1;
    if (id % CREATE_EVERY === CREATE_EVERY - 1) {
      const creation = { id, run: randomUUID().replaceAll('-', '') };
      this.log.sendCreation(creation);
      return { kind: 'run', creation };
    }
    const batch = { id, firstStep: this.#nextStep, points: SIZES[id % SIZES.length] as number };
    this.#nextStep += batch.points;
    this.log.sendBatch(batch);
    return { kind: 'batch', batch };
  }

  #request(pending: Pending): { readonly path: string; readonly body: object } {
    if (pending.kind === 'batch') {
      return { path: '/api/2.0/mlflow/runs/log-batch', body: logBatch(this.run, this.metric, pending.batch) };
    }
    const { run } = pending.creation;
    const params = [{ key: 'run', value: run }];
    const tags = [{ key: 'writer', value: this.metric }];
    return { path: '/api/runs', body: { project: '0', id: run, params, tags } };
  }
}

function logBatch(run: string, metric: string, batch: Batch): object {
  const metrics = Array.from({ length: batch.points }, (_, at) => {
    const step = batch.firstStep + at;
    const value = valueAt(metric, step);
    return {
      key: metric,
      value: Number.isNaN(value) ? 'NaN' : Object.is(value, -0) ? '-0' : value,
      timestamp: timeAt(step),
      step,
    };
  });
  const note = noteOf(batch);
  return { run_id: run, run_uuid: run, metrics, ...(note && { params: [note], tags: [note] }) };
}
