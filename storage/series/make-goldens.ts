// Writes goldens/: one file per kind of stored bytes with what it must decode to beside it. Run it when a kind or a
// version is added: `node storage/series/make-goldens.ts`. Existing files stay: they are what old stores hold.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { PointColumns } from '#core/domain/point.ts';
import { aggregate, encodeAggregates } from './codec/aggregate.ts';
import { encodeChunk } from './codec/chunk.ts';
import { encodeJournal } from './codec/journal-record.ts';

const FOLDER = join(import.meta.dirname, 'goldens');
const POINTS = 40;

/** Columns that make the writer choose each kind of §4. */
function columnsBy(values: (i: number) => number, steps = (i: number) => i, jitter = 0): PointColumns {
  const column = (make: (i: number) => number) => Float64Array.from({ length: POINTS }, (_, i) => make(i));
  return {
    steps: column(steps),
    times: column((i) => 1_700_000_000_000_000 + i * 50_000 + ((i * 7) % 5) * jitter),
    values: column(values),
  };
}

const shapes: Record<string, PointColumns> = {
  constant: columnsBy(() => NaN),
  linear: columnsBy((i) => i * 0.5),
  'delta-of-delta': columnsBy(
    () => -0,
    (i) => i * i,
    13,
  ),
  scaled: columnsBy((i) => ((i * 37) % 100) / 10_000),
  'scaled-delta': columnsBy((i) => 1_000_000 + i * 7 + (i % 3)),
  float32: columnsBy((i) => Math.fround(1 / (i + 1))),
  float64: columnsBy((i) => (i % 9 === 0 ? -Infinity : Math.sqrt(i))),
  'fractional-steps': columnsBy(
    (i) => i % 2,
    (i) => i / 3,
    1,
  ),
};

/** As text that keeps every bit: each double as 16 hexadecimal digits, big-endian. */
export function columnsAsText({ steps, times, values }: PointColumns): string {
  const hex = (column: Float64Array) => {
    const view = new DataView(column.buffer, column.byteOffset);
    return Array.from(column, (_, i) =>
      view
        .getBigUint64(i * 8, true)
        .toString(16)
        .padStart(16, '0'),
    );
  };
  return `${JSON.stringify({ steps: hex(steps), times: hex(times), values: hex(values) }, undefined, 1)}\n`;
}

function write(name: string, bytes: Uint8Array, columns: PointColumns): void {
  if (existsSync(join(FOLDER, name))) return;
  writeFileSync(join(FOLDER, name), bytes);
  writeFileSync(join(FOLDER, `${name}.expected`), columnsAsText(columns));
}

if (import.meta.main) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, columns] of Object.entries(shapes)) {
    const data = encodeChunk(columns);
    write(`chunk-v1-${name}`, data, columns);
    const record = { ...aggregate(columns), dataBytes: data.length, checksum: crc32(data) };
    write(`segment-v1-${name}`, encodeAggregates([record]), columns);
    const journal = {
      sequence: 12,
      at: 1_700_000_000_000,
      series: [3, 1],
      counts: [POINTS - 1, 1],
      ...columns,
    };
    write(`journal-v1-${name}`, encodeJournal(journal), columns);
  }
}
