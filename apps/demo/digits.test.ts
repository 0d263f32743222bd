import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDigits, readDigits, splitDigits } from './digits.ts';
import { weightPicture } from './weight-picture.ts';
import { softmaxRegression } from './softmax-regression.ts';

test('the shipped data are 1797 digits of 64 grey values', () => {
  const { count, images, labels } = readDigits();
  expect([count, images.length, labels.length]).toEqual([1797, 1797 * 64, 1797]);
  expect([...labels.subarray(0, 10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // scikit-learn: load_digits().data.sum() = 561718, in sixteenths here.
  expect(images.reduce((sum, grey) => sum + grey, 0) * 16).toBe(561_718);
});

test('the README names the bytes that are shipped', () => {
  const folder = join(import.meta.dirname, 'data');
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'digits.csv.gz')))
    .digest('hex');
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(digest);
});

test('a line that is no digit is named', () => {
  const good = `${'0,'.repeat(64)}3`;
  expect(parseDigits(good).labels).toEqual(Uint8Array.of(3));
  expect(() => parseDigits(`${good}\n${'17,'.repeat(64)}3\n`)).toThrow('Line 2 is no digit');
  expect(() => parseDigits('1,2')).toThrow('Line 1 is no digit');
});

test('the held-out fifth has each digit in its share and is the same each time', () => {
  const digits = readDigits();
  const { train, held } = splitDigits(digits);
  expect(train.count + held.count).toBe(digits.count);
  for (let digit = 0; digit < 10; digit += 1) {
    const share = (labels: Uint8Array): number => labels.filter((label) => label === digit).length;
    expect(share(held.labels)).toBe(Math.floor(share(digits.labels) / 5));
  }
  expect(splitDigits(digits)).toEqual({ train, held });
});

test('the picture of the weights is a PNG of ten tiles', () => {
  const png = Buffer.from(weightPicture(softmaxRegression.initialWeights(1)));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([10 * 100 - 4, 96]);
});
