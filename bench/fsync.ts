import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './statistics.ts';

/** Median time of a 4 KiB append with fdatasync, ms: what "durable" costs on this disk. */
export function measureFsync(): number {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-fsync-'));
  const file = openSync(join(folder, 'probe'), 'w');
  const page = new Uint8Array(4096);
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return Number(median(times).toFixed(3));
}
