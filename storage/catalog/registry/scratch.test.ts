import { mkdtempSync } from 'node:fs';
import { COMPARED_AT, modelComparison } from '#storage/conformance/model-comparison.ts';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
modelComparison('scratch', () => openSqliteStore({ directory: mkdtempSync('/tmp/registry-sql/s-'), now: () => COMPARED_AT, onFatal: (e) => { throw e; } }), 500);
