import { expect, test } from 'vitest';
import { differingTexts } from './differing-texts.ts';

const file = (path: string, digest: string, sizeBytes = 10) => ({ path, digest, sizeBytes });

test('the environment stands first, then code; what is equal, large or no text is left out', () => {
  const a = [
    file('notes.txt', '1'),
    file('requirements.txt', '1'),
    file('same.txt', '1'),
    file('model.pkl', '1'),
  ];
  const b = [
    file('notes.txt', '2'),
    file('requirements.txt', '2'),
    file('same.txt', '1'),
    file('model.pkl', '2'),
    file('code/train.py', '2'),
    file('log.txt', '2', 10_000_000),
  ];
  expect(differingTexts(a, b)).toEqual([
    { path: 'requirements.txt', inA: true, inB: true },
    { path: 'code/train.py', inA: false, inB: true },
    { path: 'notes.txt', inA: true, inB: true },
  ]);
});
