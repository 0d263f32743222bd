import type { WriteConnection } from '#storage/sql/participants.ts';

/** One end of a transfer: a database that nobody else has open. */
export interface Side {
  /** For messages, without a password. */
  readonly shown: string;
  readonly connection: WriteConnection;
  /** The store's identity, undefined before it has one. */
  identity(): Promise<string | undefined>;
  /** Gives the identity of the store that was moved here; durable. */
  identify(store: string): Promise<void>;
  close(): Promise<void>;
}
