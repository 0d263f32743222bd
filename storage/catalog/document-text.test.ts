import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DocumentText } from './document-text.ts';
import type { RunDocument } from './documents.ts';

const KEYS = [
  'lr',
  'l',
  'a b',
  'tags',
  'string',
  ',',
  ']',
  '[',
  '],',
  '"',
  '\\',
  ',"tags":[',
  '__proto__',
  'é',
];

test('single values are those of the parsed document, whatever keys and texts look like', () => {
  const part = fc.constantFrom(...KEYS, '["lr","', '],"tags":[', '],"datasets":[', 'x', '\n', '\\"', '😀');
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')),
  );
  const key = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...KEYS) }, text);
  const params = fc.uniqueArray(fc.tuple(key, text, fc.constantFrom('string' as const, 'number' as const)), {
    selector: ([of]) => of,
  });
  const tags = fc.uniqueArray(fc.tuple(key, text), { selector: ([of]) => of });
  fc.assert(
    fc.property(params, tags, tags, (ofParams, ofTags, ofInput) => {
      const document: RunDocument = {
        params: ofParams,
        tags: ofTags,
        datasets: [['lr', 'digest', ofInput]],
        modelInputs: [],
        modelOutputs: [],
      };
      const read = new DocumentText(JSON.stringify(document));
      for (const wanted of [...KEYS, ...ofParams.map(([of]) => of), ...ofTags.map(([of]) => of)]) {
        expect(read.param(wanted)).toBe(ofParams.find(([of]) => of === wanted)?.[1]);
        expect(read.tag(wanted)).toBe(ofTags.find(([of]) => of === wanted)?.[1]);
      }
    }),
    { numRuns: 1000 },
  );
});
