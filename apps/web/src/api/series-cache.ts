// Chart data of the page. Charts say which lines they can see; what is missing or stale is asked for in one request a
// turn for each way of looking (x axis, range, width, smoothing). What is on screen stays until newer data is here.
import { decodeSeriesFrame, type FrameSeries } from '#core/contract/series-frame.ts';
import { SERIES_BATCH_LIMIT } from '#core/contract/server-endpoints.ts';

/** How a chart looks at its lines. */
export interface Look {
  readonly x: 'step' | 'relative' | 'time';
  readonly pixels: number;
  readonly range?: readonly [number, number];
  readonly smoothing?: number;
}

export interface LineKey {
  readonly run: string;
  readonly metric: string;
}

export type ReadSeries = (items: readonly LineKey[], look: Look) => Promise<ArrayBuffer>;

interface Entry extends LineKey {
  readonly look: Look;
  data: FrameSeries | undefined;
  error: unknown;
  isStale: boolean;
  isAsked: boolean;
  watchers: number;
  usedAt: number;
}

const KEPT = 4000;

export class SeriesCache {
  readonly #read: ReadSeries;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #isPlanned = false;
  #uses = 0;

  constructor(read: ReadSeries) {
    this.#read = read;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps these lines fresh until the answer is called. */
  watch(look: Look, lines: readonly LineKey[]): () => void {
    const entries = lines.map((line) => this.#entry(look, line));
    for (const entry of entries) entry.watchers += 1;
    this.#plan();
    return () => {
      for (const entry of entries) entry.watchers -= 1;
    };
  }

  /** What is known of a line now; the same object until newer data came. */
  get(look: Look, line: LineKey): FrameSeries | undefined {
    return this.#entries.get(keyOf(look, line))?.data;
  }

  errorOf(look: Look, line: LineKey): unknown {
    return this.#entries.get(keyOf(look, line))?.error;
  }

  /** New points were logged. Without metrics: anything of the run may have changed. */
  markStale(run: string, metrics?: ReadonlySet<string>): void {
    for (const entry of this.#entries.values()) {
      if (entry.run === run && (!metrics || metrics.has(entry.metric))) entry.isStale = true;
    }
    this.#plan();
  }

  markAllStale(): void {
    for (const entry of this.#entries.values()) entry.isStale = true;
    this.#plan();
  }

  #entry(look: Look, line: LineKey): Entry {
    const key = keyOf(look, line);
    let entry = this.#entries.get(key);
    if (!entry) {
      const { run, metric } = line;
      const isNew = { data: undefined, error: undefined, isStale: true, isAsked: false };
      entry = { run, metric, look, ...isNew, watchers: 0, usedAt: (this.#uses += 1) };
      this.#entries.set(key, entry);
      if (this.#entries.size > KEPT) this.#forget(entry);
    }
    entry.usedAt = this.#uses += 1;
    return entry;
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#askForMissing();
    });
  }

  #askForMissing(): void {
    const wanted = new Map<string, Entry[]>();
    for (const entry of this.#entries.values()) {
      if (!entry.isStale || entry.isAsked || entry.watchers === 0) continue;
      const look = lookKey(entry.look);
      const together = wanted.get(look);
      if (together) together.push(entry);
      else wanted.set(look, [entry]);
    }
    for (const entries of wanted.values()) {
      for (let at = 0; at < entries.length; at += SERIES_BATCH_LIMIT) {
        void this.#ask(entries.slice(at, at + SERIES_BATCH_LIMIT));
      }
    }
  }

  async #ask(entries: readonly Entry[]): Promise<void> {
    const look = entries[0]?.look;
    if (!look) return;
    for (const entry of entries) {
      entry.isAsked = true;
      // Before the answer: points that arrive meanwhile make it stale again.
      entry.isStale = false;
    }
    try {
      const items = entries.map(({ run, metric }) => ({ run, metric }));
      const frame = decodeSeriesFrame(await this.#read(items, look));
      // The answer leaves out runs that are gone: what belongs together is said by name, not by place.
      const answered = new Map(frame.map((series) => [`${series.run}|${series.metric}`, series]));
      for (const entry of entries) {
        entry.data = answered.get(`${entry.run}|${entry.metric}`) ?? entry.data;
        entry.error = undefined;
      }
    } catch (error) {
      for (const entry of entries) entry.error = error;
    }
    for (const entry of entries) entry.isAsked = false;
    for (const listener of this.#listeners) listener();
    this.#plan();
  }

  /** Lets go of what nobody has watched for longest, but for the entry that is being made. */
  #forget(kept: Entry): void {
    const idle = [...this.#entries].filter(
      ([, entry]) => entry !== kept && entry.watchers === 0 && !entry.isAsked,
    );
    idle.sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key] of idle.slice(0, this.#entries.size - KEPT + KEPT / 4)) this.#entries.delete(key);
  }
}

function lookKey(look: Look): string {
  return `${look.x}|${look.pixels}|${look.range?.join(':') ?? ''}|${look.smoothing ?? ''}`;
}

function keyOf(look: Look, line: LineKey): string {
  return `${lookKey(look)}|${line.run}|${line.metric}`;
}
