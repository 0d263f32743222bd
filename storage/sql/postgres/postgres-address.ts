import { Fault } from '#core/domain/fault.ts';

/** Where a database is, and how that may be told to people. */
export interface PostgresAddress {
  /** With everything that is needed to connect; never to be shown. */
  readonly url: string;
  /** `host:port/database`, without user or password. */
  readonly shown: string;
}

const DEFAULT_PORT = '5432';

/** @throws Fault `invalid` for anything but `postgres://…`; its message shows nothing of the text, which may hold a password. */
export function postgresAddress(url: string): PostgresAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'postgres:' && parsed?.protocol !== 'postgresql:') {
    throw new Fault('invalid', 'A database is given as postgres://user:password@host:port/name.', {
      field: 'database',
    });
  }
  const { hostname, port, pathname } = parsed;
  return { url, shown: `${hostname || 'localhost'}:${port || DEFAULT_PORT}${pathname}` };
}
