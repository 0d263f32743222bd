import type { BlobStore } from './blobs.ts';
import type { Clock } from './clock.ts';
import type { IdMaker } from './id-maker.ts';
import type { IdentityReader } from './identity.ts';
import type { CatalogReader } from './readers.ts';
import type { RegistryReader } from './registry.ts';
import type { Secrets } from './secrets.ts';
import type { SeriesReader } from './series.ts';
import type { UploadStore } from './uploads.ts';
import type { CommitFeed, Writer } from './writer.ts';

/** Everything the core needs from outside. A use-case names what it needs of it: `Pick<Ports, 'writer' | 'clock'>`. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly writer: Writer;
  readonly feed: CommitFeed;
  readonly catalog: CatalogReader;
  readonly identity: IdentityReader;
  readonly registry: RegistryReader;
  readonly secrets: Secrets;
  readonly series: SeriesReader;
  readonly blobs: BlobStore;
  readonly uploads: UploadStore;
}

/** What a storage engine brings: all ports but clock, ids and secrets, and an end. */
export type Store = Pick<
  Ports,
  'writer' | 'feed' | 'catalog' | 'identity' | 'registry' | 'series' | 'blobs' | 'uploads'
> & {
  /** Waits for what was begun and closes; acknowledged data needs no close. */
  close(): Promise<void>;
};
