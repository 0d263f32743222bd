import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BLOB_GRACE_MS } from '#core/domain/blob-grace.ts';
import type { Finding } from '../finding.ts';
import { oneRow, type Inspection } from '../inspection.ts';
import { blobIndex, isDigest } from '../../named-blobs.ts';
import { entriesOf } from '../../store-files.ts';

/** What takes space and serves nobody: blobs without a name, half uploads, copies from before an upgrade. */
export async function* checkLeftovers(inspection: Inspection): AsyncGenerator<Finding> {
  yield* checkBlobs(inspection);
  const { store, isOnline } = inspection;
  for (const name of isOnline ? [] : await entriesOf(join(store.directory, 'tmp'))) {
    yield note(`tmp/${name}`, 'was left by an upload that never ended', join('tmp', name));
  }
  for (const name of await entriesOf(store.directory)) {
    if (/^before-.*\.db\.tmp$/.test(name)) yield note(name, 'is an unfinished copy', name);
    else if (/^before-.*\.db$/.test(name)) {
      yield note(name, 'is the copy from before an upgrade: remove it when all is well');
    }
  }
}

async function* checkBlobs({ store, database, now, isOnline }: Inspection): AsyncGenerator<Finding> {
  const isNamed = blobIndex(database);
  const blobs = join(store.directory, 'blobs');
  for (const prefix of await entriesOf(blobs)) {
    for (const name of await entriesOf(join(blobs, prefix))) {
      const place = `blobs/${prefix}/${name}`;
      if (!isDigest(name) || !name.startsWith(prefix)) {
        yield note(place, 'is no blob', join('blobs', prefix, name));
        continue;
      }
      if (isNamed(name)) continue;
      const condemned = oneRow<{ condemned_at: number }>(
        database,
        'SELECT condemned_at FROM condemned_blob WHERE blob = ?',
        name,
      );
      const { mtimeMs } = await stat(join(blobs, prefix, name));
      const since = Math.max(mtimeMs, condemned?.condemned_at ?? 0);
      const found = { check: 'leftovers', severity: 'note', where: place } as const;
      // A running server collects them by itself.
      if (isOnline || now - since < BLOB_GRACE_MS) {
        yield { ...found, what: 'is named by nothing, and goes once its grace period is over' };
      } else yield { ...found, what: 'is named by nothing', remedy: { kind: 'remove-blob', digest: name } };
    }
  }
}

function note(where: string, what: string, path?: string): Finding {
  const found = { check: 'leftovers', severity: 'note', where, what } as const;
  return path === undefined ? found : { ...found, remedy: { kind: 'remove-file', path } };
}
