import { createHash } from 'node:crypto';
import { canonicalAudit, type AuditEntry } from '#core/domain/audit.ts';
import { checkChain } from '#core/domain/chain.ts';
import { readEntry } from '#storage/catalog/audit-log.ts';
import { identityMigration } from '#storage/catalog/identity-migration.ts';
import type { AuditTable } from '#storage/catalog/identity-tables.ts';
import { schemaOf } from '../../store-files.ts';
import type { Finding } from '../finding.ts';
import { rowsOf, type Inspection } from '../inspection.ts';

/** The chain of the audit log. Only a person can say what was there: there is no remedy. */
export async function* checkAudit({ database }: Inspection): AsyncGenerator<Finding> {
  if (!schemaOf(database).includes(identityMigration.name)) return;
  const rows = rowsOf<AuditTable>(database, 'SELECT * FROM audit_entry ORDER BY number');
  const { brokenAt } = await checkChain(entriesOf(rows), { canonical: canonicalAudit, hash: sha256 });
  if (brokenAt === undefined) return;
  const where = `audit log, entry ${brokenAt}`;
  const what =
    'is not what was written: it or its neighbour was changed, dropped or slipped in outside of Cairn';
  yield { check: 'audit', severity: 'error', where, what };
}

/** One whose details cannot be read any more fits nowhere in the chain. */
function* entriesOf(rows: Iterable<AuditTable>): Generator<AuditEntry> {
  for (const row of rows) {
    try {
      yield readEntry(row);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
      yield readEntry({ ...row, details: '[]', hash: '' });
    }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
