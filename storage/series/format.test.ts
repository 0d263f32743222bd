import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { aggregate, decodeAggregates } from './codec/aggregate.ts';
import { decodeChunks } from './codec/chunk.ts';
import { decodeJournal, encodeJournal } from './codec/journal-record.ts';
import * as layout from './codec/layout.ts';
import { columnsAsText } from './make-goldens.ts';

const format = readFileSync(join(import.meta.dirname, 'FORMAT.md'), 'utf8');
const goldens = join(import.meta.dirname, 'goldens');
const files = readdirSync(goldens).filter((name) => !name.endsWith('.expected'));

/** The rows of the table in FORMAT.md whose third column has that heading. */
function drawn(heading: string): string[][] {
  const lines = format.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const start = lines.findIndex((cells) => cells.length === 5 && cells[3] === heading) + 2;
  const end = lines.findIndex((cells, i) => i > start && cells.length < 5);
  return lines.slice(start, end).map((cells) => cells.slice(1, -1));
}

const SIZES = { u8: 1, u16: 2, u32: 4, f64: 8 };

test.each([
  ['journal header', layout.JOURNAL_HEADER, layout.JOURNAL_HEADER_BYTES],
  ['segment header', layout.SEGMENT_HEADER, layout.SEGMENT_HEADER_BYTES],
  ['aggregate', layout.AGGREGATE, layout.AGGREGATE_BYTES],
  ['chunk header', layout.CHUNK_HEADER, layout.CHUNK_HEADER_BYTES],
  ['column header', layout.COLUMN_HEADER, layout.COLUMN_HEADER_BYTES],
  ['summary', layout.SUMMARY, layout.SUMMARY_BYTES],
] satisfies [string, layout.Layout, number][])(
  'the %s is as FORMAT.md draws it, without gaps',
  (heading, fields, bytes) => {
    const rows = Object.entries(fields).map(([name, [offset, type]]) => [String(offset), type, name]);
    expect(drawn(heading)).toEqual(rows);
    let end = 0;
    for (const [offset, type] of Object.values<layout.Layout[string]>(fields)) {
      expect(offset).toBe(end);
      end += SIZES[type];
    }
    expect(end).toBe(bytes);
  },
);

test('magic numbers, versions, kinds and limits are as FORMAT.md says', () => {
  for (const magic of [layout.JOURNAL_MAGIC, layout.SEGMENT_MAGIC, layout.CHUNK_MAGIC]) {
    const text = String.fromCharCode(magic & 255, magic >> 8);
    expect(format).toMatch(new RegExp(`magic \`0x${magic.toString(16)}\` \\((the bytes )?\`${text}\``));
  }
  const { JOURNAL_VERSION, SEGMENT_VERSION, CHUNK_VERSION, SUMMARY_VERSION } = layout;
  expect([JOURNAL_VERSION, SEGMENT_VERSION, CHUNK_VERSION, SUMMARY_VERSION]).toEqual([1, 1, 1, 1]);
  expect(format).toContain('Version 1 of everything.');
  const kinds = drawn('payload of n values').map(([kind, name]) => [name, Number(kind)]);
  expect(kinds).toEqual(Object.entries(layout.COLUMN_KIND));
  expect(format).toContain(`${layout.CHUNK_POINTS}…${2 * layout.CHUNK_POINTS - 1} points when full`);
  expect(format).toContain(`has ${layout.LOOSE_SEGMENTS} loose segments`);
  expect(layout.MOST_JOURNAL_POINTS).toBe(2 ** 24);
});

test('the worked example in FORMAT.md is what the encoder writes', () => {
  const record = {
    sequence: 3,
    at: 1000,
    series: [7, 9],
    counts: [2, 1],
    steps: Float64Array.of(1, 2, 2),
    times: Float64Array.of(10, 20, 20),
    values: Float64Array.of(0.5, 0.25, 1),
  };
  const block = /```\n([^`]+)```/.exec(format)?.[1] ?? '';
  const bytes = block.split('\n').flatMap((line) => line.slice(0, 47).match(/\b[0-9a-f]{2}\b/g) ?? []);
  expect(Buffer.from(encodeJournal(record)).toString('hex')).toBe(bytes.join(''));
  expect(format).toContain(`journal record, ${bytes.length} bytes`);
});

test('there are goldens of every structure and every column kind', () => {
  for (const structure of ['chunk', 'segment', 'journal']) {
    expect(files.filter((name) => name.startsWith(structure)).length).toBeGreaterThanOrEqual(7);
  }
  const chunks = files
    .filter((name) => name.startsWith('chunk'))
    .map((name) => readFileSync(join(goldens, name)));
  const header = (column: number) => layout.CHUNK_HEADER_BYTES + column * layout.COLUMN_HEADER_BYTES;
  const kinds = new Set(chunks.flatMap((bytes) => [0, 1, 2].map((column) => bytes[header(column)])));
  expect([...kinds].toSorted((a = 0, b = 0) => a - b)).toEqual(Object.values(layout.COLUMN_KIND));
});

test.each(files)('the golden %s still decodes to the same bits', (name) => {
  const bytes = readFileSync(join(goldens, name));
  const expected = readFileSync(join(goldens, `${name}.expected`), 'utf8');
  if (name.startsWith('journal')) {
    const { series, counts, ...columns } = decodeJournal(bytes, 12);
    expect([[...(series as Float64Array)], [...(counts as Uint32Array)]]).toEqual([
      [3, 1],
      [39, 1],
    ]);
    expect(columnsAsText(columns)).toBe(expected);
  } else if (name.startsWith('chunk')) {
    const [columns] = decodeChunks([{ data: bytes, points: 40, checksum: crc32(bytes) }]);
    expect(columns && columnsAsText(columns)).toBe(expected);
  } else {
    const chunk = readFileSync(join(goldens, name.replace('segment', 'chunk')));
    const stored = { data: chunk, points: 40, checksum: crc32(chunk) };
    const [columns] = decodeChunks([stored]);
    const [record] = decodeAggregates(bytes);
    expect(record).toEqual({
      ...(columns && aggregate(columns)),
      dataBytes: chunk.length,
      checksum: stored.checksum,
    });
  }
});
