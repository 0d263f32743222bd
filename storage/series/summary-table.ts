// Last, min and max of every known series in one array of nine doubles a slot: 32 000 live series as objects would
// take ten times the memory. Promise: equal to folding core/domain's `summarise` over the points as they arrived.
import { Fault } from '#core/domain/fault.ts';
import type { MetricSummary, Point, PointColumns } from '#core/domain/point.ts';
import { bytesOf, doublesOf } from './codec/column.ts';
import { SUMMARY, SUMMARY_BYTES, SUMMARY_VERSION } from './codec/layout.ts';

/** Doubles of a slot: (step, time, value) of last, min, max. */
const WIDTH = 9;
const MIN = 3;
const MAX = 6;

/** What of a slot is meaningful. */
const HAS_POINTS = 1;
const HAS_EXTREMES = 2;

export class SummaryTable {
  #doubles = new Float64Array(WIDTH * 64);
  #present = new Uint8Array(64);
  #used = 0;
  readonly #free: number[] = [];

  /** A slot without points. */
  add(): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot >= this.#present.length) this.#grow();
    this.#present[slot] = 0;
    return slot;
  }

  remove(slot: number): void {
    this.#free.push(slot);
  }

  /** Takes rows from … to in. */
  update(slot: number, { steps, times, values }: PointColumns, from: number, to: number): void {
    const doubles = this.#doubles;
    const at = slot * WIDTH;
    let present = this.#present[slot] as number;
    for (let i = from; i < to; i += 1) {
      const step = steps[i] as number;
      const time = times[i] as number;
      const value = values[i] as number;
      if ((present & HAS_POINTS) === 0 || this.#isLater(at, step, time, value)) {
        doubles[at] = step;
        doubles[at + 1] = time;
        doubles[at + 2] = value;
        present |= HAS_POINTS;
      }
      if (Number.isNaN(value)) continue;
      const isFirst = (present & HAS_EXTREMES) === 0;
      if (isFirst || value < (doubles[at + MIN + 2] as number)) {
        doubles[at + MIN] = step;
        doubles[at + MIN + 1] = time;
        doubles[at + MIN + 2] = value;
      }
      if (isFirst || value > (doubles[at + MAX + 2] as number)) {
        doubles[at + MAX] = step;
        doubles[at + MAX + 1] = time;
        doubles[at + MAX + 2] = value;
      }
      present |= HAS_EXTREMES;
    }
    this.#present[slot] = present;
  }

  /** Undefined without points. */
  get(slot: number): MetricSummary | undefined {
    const present = this.#present[slot] as number;
    if ((present & HAS_POINTS) === 0) return undefined;
    const last = this.#point(slot, 0);
    if ((present & HAS_EXTREMES) === 0) return { last };
    return { last, min: this.#point(slot, MIN), max: this.#point(slot, MAX) };
  }

  /** The slot as FORMAT.md §5 draws it. */
  encode(slot: number): Uint8Array {
    const bytes = new Uint8Array(SUMMARY_BYTES);
    bytes[SUMMARY.version[0]] = SUMMARY_VERSION;
    bytes[SUMMARY.present[0]] = this.#present[slot] as number;
    bytes.set(bytesOf(this.#doubles.subarray(slot * WIDTH, (slot + 1) * WIDTH)), SUMMARY.lastStep[0]);
    return bytes;
  }

  /** Fills a slot from what `encode` gave. @throws Fault `corrupt` or `unsupported`. */
  load(slot: number, bytes: Uint8Array): void {
    assertSummary(bytes);
    this.#present[slot] = bytes[SUMMARY.present[0]] as number;
    this.#doubles.set(doublesOf(bytes.subarray(SUMMARY.lastStep[0])), slot * WIDTH);
  }

  #isLater(at: number, step: number, time: number, value: number): boolean {
    const lastStep = this.#doubles[at] as number;
    if (step !== lastStep) return step > lastStep;
    const lastTime = this.#doubles[at + 1] as number;
    if (time !== lastTime) return time > lastTime;
    const last = this.#doubles[at + 2] as number;
    return (Number.isNaN(value) ? 0 : value) > (Number.isNaN(last) ? 0 : last);
  }

  #point(slot: number, part: number): Point {
    const at = slot * WIDTH + part;
    const doubles = this.#doubles;
    return { step: doubles[at] as number, time: doubles[at + 1] as number, value: doubles[at + 2] as number };
  }

  #grow(): void {
    const doubles = new Float64Array(this.#doubles.length * 2);
    doubles.set(this.#doubles);
    this.#doubles = doubles;
    const present = new Uint8Array(this.#present.length * 2);
    present.set(this.#present);
    this.#present = present;
  }
}

/** The last value in what `encode` gave, undefined without points. @throws Fault `corrupt` or `unsupported`. */
export function lastValueIn(bytes: Uint8Array): number | undefined {
  assertSummary(bytes);
  if (((bytes[SUMMARY.present[0]] as number) & HAS_POINTS) === 0) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(SUMMARY.last[0], true);
}

function assertSummary(bytes: Uint8Array): void {
  if (bytes[SUMMARY.version[0]] !== SUMMARY_VERSION) {
    throw new Fault('unsupported', `A metric summary of version ${bytes[SUMMARY.version[0]]} is stored.`);
  }
  if (bytes.length !== SUMMARY_BYTES) {
    throw new Fault('corrupt', 'A stored metric summary has a wrong length.');
  }
}
