import fc from 'fast-check';
import { expect, test } from 'vitest';

import { LABEL_SPACING, placeEarlyLabels, placeEndLabels } from './end-labels.ts';

test('labels keep the order of their lines, their distance, and the frame', () => {
  const ends = fc.array(fc.double({ min: -20, max: 320, noNaN: true }), { maxLength: 20 });
  fc.assert(
    fc.property(ends, (ys) => {
      const placed = placeEndLabels(
        ys.map((y, i) => ({ id: String(i), x: 0, y })),
        300,
      );
      expect(placed.length).toBe(ys.length);
      placed.forEach((label, i) => {
        expect(label.labelY).toBeGreaterThanOrEqual(-1e-9);
        expect(label.labelY).toBeLessThanOrEqual(300);
        const before = placed[i - 1];
        if (before === undefined) return;
        expect(label.y).toBeGreaterThanOrEqual(before.y);
        expect(label.labelY - before.labelY).toBeGreaterThanOrEqual(LABEL_SPACING - 1e-9);
      });
    }),
  );
});

test('labels that have room stand where their lines end', () => {
  const placed = placeEndLabels(
    [
      { id: 'a', x: 0, y: 50 },
      { id: 'b', x: 0, y: 20 },
    ],
    300,
  );
  expect(placed.map(({ id, labelY }) => [id, labelY])).toEqual([
    ['b', 20],
    ['a', 50],
  ]);
});

test('labels of lines that end at one point stand under and over each other, as many as have room', () => {
  const ties = Array.from({ length: 12 }, (_, i) => ({ id: String(i), x: 100, y: 50 }));
  const placed = placeEarlyLabels(ties, 100);
  expect(placed.length).toBe(7);
  const ys = placed.map(({ labelY }) => labelY).toSorted((a, b) => a - b);
  ys.slice(1).forEach((y, i) => expect(y - (ys[i] as number)).toBeGreaterThanOrEqual(LABEL_SPACING));
  expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...ys)).toBeLessThanOrEqual(100);
});

test('labels far from each other stay where their lines end', () => {
  const ends = [
    { id: 'a', x: 20, y: 50 },
    { id: 'b', x: 100, y: 50 },
  ];
  expect(placeEarlyLabels(ends, 100).map(({ labelY }) => labelY)).toEqual([50, 50]);
});
