import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import { replaceFile } from '#storage/care/durable-file.ts';
import { DATABASE, entriesOf, findStore, MARKER } from '#storage/care/store-files.ts';
import { lockData } from '#storage/embedded/data-lock.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import type { Side } from './side.ts';

/** What a directory may have before a store is moved into it: blobs that another database's servers kept there. */
const WITHOUT_STORE = /^(blobs|tmp|server\.json|LOCK\..*)$/;

/** @throws Fault `not_found`, `corrupt` (no store, or half of one), `conflict` (a server has it). */
export async function openSourceDirectory(directory: string): Promise<Side> {
  const { id, database } = findStore(directory);
  return opened(directory, () => SqliteConnection.openReader(database), id);
}

/** Opens it, or makes an empty database there. @throws Fault `conflict` when it has anything else, or a server has it. */
export async function openTargetDirectory(directory: string): Promise<Side> {
  const database = join(directory, DATABASE);
  const names = await entriesOf(directory);
  const foreign = existsSync(database) ? undefined : names.find((name) => !WITHOUT_STORE.test(name));
  if (foreign !== undefined) {
    throw new Fault('conflict', `'${directory}' is not empty (it has '${foreign}'). Name a new directory.`, {
      reason: 'exists',
    });
  }
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const id = names.includes(MARKER) ? findStore(directory).id : undefined;
  return opened(directory, () => SqliteConnection.openWriter(database), id);
}

function opened(directory: string, open: () => SqliteConnection, known: string | undefined): Side {
  const lock = lockData(directory);
  try {
    const connection = open();
    let id = known;
    return {
      shown: `'${directory}'`,
      connection,
      identity: async () => id,
      identify: async (store) => {
        await replaceFile(join(directory, MARKER), `${JSON.stringify({ store })}\n`);
        id = store;
      },
      close: async () => {
        connection.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
