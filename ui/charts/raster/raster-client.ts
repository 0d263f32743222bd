import { packSeries } from './packed-series.ts';
import type { RasterFrame } from './raster-frame.ts';
import type { RasterReply, RasterRequest } from './raster-messages.ts';
import type { Series } from '#ui/charts/series.ts';

/** A frame before its series have keys: `lines[i].series` and `.raw` index into `series`. */
export interface RasterJob {
  readonly frame: RasterFrame;
  readonly series: readonly Series[];
}

/** One chart's place in the worker. */
export interface RasterSurface {
  /** Draws when the worker is free; a later call replaces an earlier one that has not begun. */
  paint(job: RasterJob): void;
  close(): void;
}

export type OnPainted = (bitmap: ImageBitmap, rasterMs: number) => void;

/** With fewer, a second worker would take its time from the page and the compositor. */
const CORES_FOR_TWO = 4;

interface Held {
  readonly onPainted: OnPainted;
  readonly keys: Map<Series, number>;
  isBusy: boolean;
  waiting: RasterJob | undefined;
}

/**
 * The near side of the raster worker: one or two workers for all charts of a page, so that a board of a hundred charts is
 * as many threads and queues. At most one frame of a chart is under way; while it is, only the newest waits.
 */
export class RasterClient {
  readonly #workers: readonly Worker[];
  readonly #charts = new Map<number, Held>();
  #nextChart = 1;
  #nextKey = 1;

  constructor() {
    const count = navigator.hardwareConcurrency >= CORES_FOR_TWO ? 2 : 1;
    this.#workers = Array.from({ length: count }, () => {
      const worker = new Worker(new URL('./raster.worker.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', (event: MessageEvent<RasterReply>) => this.#receive(event.data));
      return worker;
    });
  }

  open(onPainted: OnPainted): RasterSurface {
    const chart = this.#nextChart;
    this.#nextChart += 1;
    this.#charts.set(chart, { onPainted, keys: new Map(), isBusy: false, waiting: undefined });
    return {
      paint: (job) => {
        const held = this.#charts.get(chart);
        if (held === undefined) return;
        if (held.isBusy) held.waiting = job;
        else this.#send(chart, held, job);
      },
      close: () => {
        if (this.#charts.delete(chart)) this.#post({ kind: 'forget', chart });
      },
    };
  }

  #send(chart: number, held: Held, job: RasterJob): void {
    const uploads: [number, Series][] = [];
    const used = new Set(job.series);
    const keys = job.series.map((series) => {
      let key = held.keys.get(series);
      if (key === undefined) {
        key = this.#nextKey;
        this.#nextKey += 1;
        held.keys.set(series, key);
        uploads.push([key, series]);
      }
      return key;
    });
    const drops: number[] = [];
    for (const [series, key] of held.keys) {
      if (used.has(series)) continue;
      held.keys.delete(series);
      drops.push(key);
    }
    const lines = job.frame.lines.map((line) => ({
      ...line,
      series: keys[line.series] as number,
      ...(line.raw === undefined ? {} : { raw: keys[line.raw] as number }),
    }));
    held.isBusy = true;
    held.waiting = undefined;
    const upload = uploads.length === 0 ? undefined : packSeries(uploads);
    this.#post(
      { kind: 'paint', chart, frame: { ...job.frame, lines }, upload, drops },
      upload === undefined ? [] : [upload.buffer],
    );
  }

  #receive(reply: RasterReply): void {
    const held = this.#charts.get(reply.chart);
    if (held === undefined) {
      reply.bitmap.close();
      return;
    }
    held.isBusy = false;
    if (held.waiting !== undefined) this.#send(reply.chart, held, held.waiting);
    held.onPainted(reply.bitmap, reply.rasterMs);
  }

  #post(request: RasterRequest, transfer: Transferable[] = []): void {
    // A chart stays with its worker, which holds its series.
    this.#workers[request.chart % this.#workers.length]?.postMessage(request, transfer);
  }
}

let client: RasterClient | undefined;

/** The page's one client. Call it when the page starts: the worker is warm before there is anything to draw. */
export function rasterClient(): RasterClient {
  client ??= new RasterClient();
  return client;
}
