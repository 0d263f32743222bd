import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seededRandom, shuffled } from './random.ts';

export const PIXELS = 64;
export const CLASSES = 10;
const BRIGHTEST = 16;

/** `n` images: row i of `images` is 64 grey values in [0, 1], `labels[i]` its digit. */
export interface Digits {
  readonly count: number;
  readonly images: Float64Array;
  readonly labels: Uint8Array;
}

export interface Split {
  readonly train: Digits;
  readonly held: Digits;
}

/** All 1797 digits, in the order of the file. */
export function readDigits(path = join(import.meta.dirname, 'data/digits.csv.gz')): Digits {
  return parseDigits(gunzipSync(readFileSync(path)).toString('latin1'));
}

/** @throws Error naming the line that is not 64 grey values 0…16 and a digit. */
export function parseDigits(csv: string): Digits {
  const lines = csv.trimEnd().split('\n');
  const images = new Float64Array(lines.length * PIXELS);
  const labels = new Uint8Array(lines.length);
  lines.forEach((line, row) => {
    const numbers = line.split(',').map(Number);
    const label = numbers[PIXELS] ?? -1;
    const isGood =
      numbers.length === PIXELS + 1 &&
      numbers.every((n) => Number.isInteger(n) && n >= 0 && n <= BRIGHTEST) &&
      label < CLASSES;
    if (!isGood) throw new Error(`Line ${row + 1} is no digit: '${line.slice(0, 40)}'`);
    for (let pixel = 0; pixel < PIXELS; pixel += 1) {
      images[row * PIXELS + pixel] = (numbers[pixel] ?? 0) / BRIGHTEST;
    }
    labels[row] = label;
  });
  return { count: lines.length, images, labels };
}

/** One fifth of each digit, chosen by the seed, is held out: 1442 to train on, 355 to judge by. */
export function splitDigits(digits: Digits, seed = 7): Split {
  const order = shuffled(digits.count, seededRandom(seed));
  const byDigit = Array.from({ length: CLASSES }, (_, digit) =>
    [...order].filter((row) => digits.labels[row] === digit),
  );
  const held = byDigit.flatMap((rows) => rows.slice(0, Math.floor(rows.length / 5)));
  const isHeld = new Set(held);
  return {
    train: pick(
      digits,
      [...order].filter((row) => !isHeld.has(row)),
    ),
    held: pick(digits, held),
  };
}

/** The rows of these numbers, copied. */
export function pick(digits: Digits, rows: ArrayLike<number>): Digits {
  const images = new Float64Array(rows.length * PIXELS);
  const labels = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    images.set(digits.images.subarray(row * PIXELS, (row + 1) * PIXELS), at * PIXELS);
    labels[at] = digits.labels[row] ?? 0;
  }
  return { count: rows.length, images, labels };
}
