import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { COMPARED_AT, modelComparison } from '#storage/conformance/model-comparison.ts';
import { searchComparison } from '#storage/conformance/search-comparison.ts';
import { storeSuite } from '#storage/conformance/store-suite.ts';
import type { SeriesOptions } from '#storage/series/series-engine.ts';
import { openSqliteStore } from './embedded-store.ts';

const ALWAYS_SEALING: SeriesOptions = { headBytes: 0, journalBytes: 0, fullPoints: 1 };

storeSuite('embedded', () => freshStore());
modelComparison('embedded', () => freshStore());
// Every group is followed by sealing, so that reads merge segments with what came after them.
modelComparison('embedded, always sealing', () => freshStore(ALWAYS_SEALING));

searchComparison('embedded', () => freshStore());
// No column outlives the search that loaded it, so each loads what is sealed.
searchComparison('embedded, remembering nothing', () => freshStore(ALWAYS_SEALING, { columnBytes: 0 }));

async function freshStore(series: SeriesOptions = {}, more: { readonly columnBytes?: number } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-store-'));
  const store = await openSqliteStore({ directory, series, now: () => COMPARED_AT, onFatal: fail, ...more });
  onTestFinished(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });
  return store;
}

function fail(error: unknown): void {
  throw error;
}
