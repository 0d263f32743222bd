import fc from 'fast-check';
import { expect, test } from 'vitest';

import { LABEL_SPACING, placeEndLabels } from './end-labels.ts';

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
