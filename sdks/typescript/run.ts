import { ApiError, type Client } from '#core/contract/client.ts';
import { deliverBatch } from './deliver-batch.ts';
import { holdBytes, type FileContent } from './file-content.ts';
import type { DatasetInput } from './batch.ts';
import { flattenConfig, type ConfigValue } from './flatten-config.ts';
import type { Host, OpenRun } from './host.ts';
import { Outbox } from './outbox.ts';
import { reasonOf } from './retrying-fetch.ts';
import { Uploads } from './uploads.ts';
import { within } from './within.ts';
import type { Warn } from './warnings.ts';

export interface LogOptions {
  /** Finite number; without it, one more than the last. */
  readonly step?: number;
  /** Milliseconds UTC, fractions kept to the microsecond; without it, now. */
  readonly time?: number | Date;
}

export interface ArtifactInput {
  /** `table`, `checkpoint`, `dataset`; of what is used also `model`. */
  readonly type: string;
  readonly name: string;
  /** What it is to the run: `training`, `evaluation`, `best` … */
  readonly role?: string;
}

export interface RunParts {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly project: { readonly id: string; readonly name: string };
  /** The run's page. */
  readonly url: string;
  readonly client: Client;
  readonly host: Host;
  readonly warn: Warn;
}

const FLUSH_LIMIT_MS = 120_000;
const FINISH_LIMIT_MS = 60_000;

/**
 * One run that this program logs. Logging returns at once and never throws because of the server: it is sent in the
 * background, in order, repeated until acknowledged, counted once. What the server refuses is named in a warning.
 */
export class Run implements OpenRun {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly project: RunParts['project'];
  readonly url: string;
  readonly #parts: RunParts;
  readonly #outbox: Outbox;
  readonly #uploads: Uploads;
  readonly #stop = new AbortController();
  readonly #unwatch: () => void;
  #nextStep = 0;
  #ending: Promise<void> | undefined;

  constructor(parts: RunParts) {
    const { id, client, warn, host } = parts;
    this.id = id;
    this.number = parts.number;
    this.name = parts.name;
    this.project = parts.project;
    this.url = parts.url;
    this.#parts = parts;
    const to = { client, run: id, warn, signal: this.#stop.signal };
    this.#outbox = new Outbox({ warn, deliver: (body, key) => deliverBatch(to, body, key) });
    this.#uploads = new Uploads(to);
    this.#unwatch = host.watchExit(this);
  }

  /** Logs one value for each metric. NaN and infinities are values like any other. */
  log(values: Readonly<Record<string, number>>, options: LogOptions = {}): void {
    if (this.#isOver('log')) return;
    const step = options.step ?? this.#nextStep;
    const timeMicros = Math.round(Number(options.time ?? Date.now()) * 1000);
    if (!Number.isFinite(step) || !Number.isSafeInteger(timeMicros)) {
      this.#parts.warn('a step must be finite and a time a date; a log without is not stored.');
      return;
    }
    this.#nextStep = Math.max(this.#nextStep, Math.floor(step) + 1);
    for (const [metric, value] of Object.entries(values)) {
      if (typeof value === 'number')
        this.#outbox.add((batch) => batch.addPoint(metric, step, timeMicros, value));
      else this.#parts.warn(`metric '${metric}' is not a number and is not logged.`);
    }
  }

  /** Hyperparameters; nested objects become `outer/inner`. May be called again to add more. */
  config(values: { readonly [key: string]: ConfigValue }): void {
    if (this.#isOver('config')) return;
    for (const param of flattenConfig(values)) this.#outbox.add((batch) => batch.setParam(param));
  }

  /** Says which version of a dataset the run uses; its bytes stay where they are. */
  dataset(used: DatasetInput): void {
    if (!this.#isOver('dataset')) this.#outbox.add((batch) => batch.useDataset(used));
  }

  tag(key: string, value: string): void {
    if (!this.#isOver('tag')) this.#outbox.add((batch) => batch.setTag(key, value));
  }

  /**
   * Stores a file under a relative path like `models/best.json`, replacing what was there. Need not be awaited:
   * resolves true when stored, false when it could not be, with a warning.
   */
  file(path: string, content: FileContent): Promise<boolean> {
    if (this.#isOver('file')) return Promise.resolve(false);
    return this.#uploads.add(path, holdBytes(content, this.#parts.host));
  }

  /**
   * Seals the stored files below a folder as the next version of a table, a checkpoint or a dataset, once they are there.
   * @returns its number; undefined when it could not be, with a warning.
   */
  produce(made: ArtifactInput & { readonly folder: string }): Promise<number | undefined> {
    return this.#artifact('produce', async () => {
      await this.#settled();
      return this.#parts.client.produceArtifact({ params: { run: this.id }, body: made });
    });
  }

  /** Says that the run uses a version of an artifact, the newest unless `number` says which. @returns its number, or undefined with a warning. */
  use(used: ArtifactInput & { readonly number?: number }): Promise<number | undefined> {
    return this.#artifact('use', () =>
      this.#parts.client.useArtifact({ params: { run: this.id }, body: used }),
    );
  }

  async #artifact(
    verb: string,
    ask: () => Promise<{ readonly number: number }>,
  ): Promise<number | undefined> {
    if (this.#isOver(verb)) return undefined;
    try {
      return (await within(FLUSH_LIMIT_MS, ask())).number;
    } catch (error) {
      this.#parts.warn(`${verb}: ${error instanceof ApiError ? error.message : reasonOf(error)}`);
      return undefined;
    }
  }

  /**
   * Resolves when everything logged so far is stored durably.
   * @throws Error when it is not within the time.
   */
  async flush(timeoutMs = FLUSH_LIMIT_MS): Promise<void> {
    await within(timeoutMs, this.#settled());
  }

  /** Sends the rest and ends the run. Never throws; what could not be sent in time is counted in a warning. */
  finish(status: 'finished' | 'failed' | 'killed' = 'finished', timeoutMs = FINISH_LIMIT_MS): Promise<void> {
    this.#ending ??= this.#end(status, timeoutMs);
    return this.#ending;
  }

  leftover(): string | undefined {
    const { held, dropped } = this.#outbox;
    const { pending } = this.#uploads;
    const parts = [
      held > 0 && `${held} logged values`,
      pending > 0 && `${pending} files`,
      dropped > 0 && `${dropped} dropped values`,
    ].filter((part) => part !== false);
    return parts.length === 0 ? undefined : parts.join(', ');
  }

  async #end(status: 'finished' | 'failed' | 'killed', timeoutMs: number): Promise<void> {
    const { client, warn } = this.#parts;
    const endedAt = Date.now();
    const update = async (): Promise<void> => {
      await this.#settled();
      await client.updateRun(
        { params: { run: this.id }, body: { status, endedAt } },
        { signal: this.#stop.signal },
      );
    };
    try {
      await within(timeoutMs, update());
      if (this.#outbox.dropped > 0) warn(`${this.#outbox.dropped} values of run ${this.name} were dropped.`);
    } catch (error) {
      const why = error instanceof ApiError ? error.message : reasonOf(error);
      warn(`run ${this.name} (${this.id}) ended without storing ${this.leftover() ?? 'its status'}: ${why}`);
      this.#stop.abort(new Error('The run was given up.'));
    } finally {
      this.#unwatch();
    }
  }

  async #settled(): Promise<void> {
    await Promise.all([this.#outbox.settled(), this.#uploads.settled()]);
  }

  #isOver(verb: string): boolean {
    if (this.#ending) this.#parts.warn(`${verb}() after finish() does nothing.`);
    return this.#ending !== undefined;
  }
}
