import { expect, test } from 'vitest';
import type { BlobDigest } from './ids.ts';
import { canonicalManifest, sealTree } from './manifest.ts';

const digest = 'a'.repeat(64) as BlobDigest;

test('entries come by path and keys in code unit order, whatever order they were given in', () => {
  const files = ['b.txt', 'a/z', 'a', 'Z'].map((path) => ({ path, digest, sizeBytes: 1, modifiedAt: 7 }));
  const manifest = sealTree('model', files, { b: '2', a: '1' });
  expect(manifest.entries.map((entry) => entry.path)).toEqual(['Z', 'a', 'a/z', 'b.txt']);
  expect(canonicalManifest({ ...manifest, entries: manifest.entries.slice(0, 1) })).toBe(
    `{"entries":[{"digest":"${digest}","path":"Z","sizeBytes":1}],"metadata":{"a":"1","b":"2"},"type":"model"}`,
  );
});

test('integer-like keys and __proto__ are ordinary keys (RFC 8785 §3.2.3)', () => {
  const metadata = JSON.parse('{"9":"nine","10":"ten","__proto__":"kept","é":"e\\u0001"}') as Record<
    string,
    string
  >;
  expect(canonicalManifest({ type: 'table', entries: [], metadata })).toBe(
    '{"entries":[],"metadata":{"10":"ten","9":"nine","__proto__":"kept","é":"e\\u0001"},"type":"table"}',
  );
});
