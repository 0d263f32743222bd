import type { Finding } from '../finding.ts';
import { oneRow, rowsOf, type Inspection } from '../inspection.ts';

/** An index can be made again from its table; a table cannot. */
const INDEX_ONLY = /(missing from index|wrong # of entries in index|non-unique entry in index)/;
/** Below this there is little to gain. */
const LEAST_FREE_PAGES = 2560;

/** SQLite's own view: pages, indexes, references. */
export function* checkDatabase({ database }: Inspection): Generator<Finding> {
  const where = 'cairn.db';
  for (const row of rowsOf<{ integrity_check: string }>(database, 'PRAGMA integrity_check(100)')) {
    const what = row.integrity_check;
    if (what === 'ok') continue;
    const found = { check: 'database', severity: 'error', where, what } as const;
    if (INDEX_ONLY.test(what)) yield { ...found, remedy: { kind: 'reindex' } };
    else yield { ...found, what: `${what}. Restore a backup.` };
  }
  for (const row of rowsOf<{ table: string; rowid: number; parent: string }>(
    database,
    'PRAGMA foreign_key_check',
  )) {
    const what = `refers to a ${row.parent} that is not there`;
    yield { check: 'database', severity: 'error', where: `a ${row.table} (row ${row.rowid})`, what };
  }
  const { freelist_count: free = 0 } =
    oneRow<{ freelist_count: number }>(database, 'PRAGMA freelist_count') ?? {};
  const isOld = oneRow<{ auto_vacuum: number }>(database, 'PRAGMA auto_vacuum')?.auto_vacuum === 0;
  if (isOld && free >= LEAST_FREE_PAGES) {
    const what = `has ${free} free pages, which are used again but not given back to the file system`;
    yield { check: 'database', severity: 'note', where, what, remedy: { kind: 'vacuum' } };
  }
}
