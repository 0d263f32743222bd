import { resolve } from 'node:path';
import { Fault } from '#core/domain/fault.ts';
import { postgresAddress, type PostgresAddress } from '#storage/sql/postgres/postgres-address.ts';

/** Where a store is or shall be. */
export type StorePlace =
  | { readonly kind: 'directory'; readonly directory: string }
  | {
      readonly kind: 'postgres';
      readonly address: PostgresAddress;
      /** Directory of its blobs, what its servers have as `--data`. */
      readonly blobs: string;
    };

/**
 * @param text a data directory, or `postgres://…`, for which `blobs` must be given.
 * @throws Fault `invalid`; its message shows no password.
 */
export function storePlace(text: string, blobs: string | undefined): StorePlace {
  if (!/^[a-z]+:\/\//i.test(text)) return { kind: 'directory', directory: resolve(text) };
  const address = postgresAddress(text);
  if (blobs !== undefined) return { kind: 'postgres', address, blobs: resolve(blobs) };
  throw new Fault('invalid', 'A store in PostgreSQL keeps its files in a directory: name it with --data.', {
    field: 'data',
  });
}

/** The directory that holds `blobs/`. */
export function blobsOf(place: StorePlace): string {
  return place.kind === 'directory' ? place.directory : place.blobs;
}
