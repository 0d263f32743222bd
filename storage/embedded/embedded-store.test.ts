import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { COMPARED_AT, modelComparison } from '#storage/conformance/model-comparison.ts';
import { storeSuite } from '#storage/conformance/store-suite.ts';
import type { SeriesOptions } from '#storage/series/series-engine.ts';
import { openSqliteStore } from './embedded-store.ts';

storeSuite('embedded', () => freshStore());
modelComparison('embedded', () => freshStore());
// Every group is followed by sealing, so that reads merge segments with what came after them.
modelComparison('embedded, always sealing', () =>
  freshStore({ headBytes: 0, journalBytes: 0, fullPoints: 1 }),
);

async function freshStore(series: SeriesOptions = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-store-'));
  const store = await openSqliteStore({ directory, series, now: () => COMPARED_AT, onFatal: fail });
  onTestFinished(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });
  return store;
}

function fail(error: unknown): void {
  throw error;
}
