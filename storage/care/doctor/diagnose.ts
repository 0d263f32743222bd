import type { DatabaseSync } from 'node:sqlite';
import { lockData } from '#storage/embedded/data-lock.ts';
import { checkAudit } from './checks/audit-check.ts';
import { checkCatalog } from './checks/catalog-check.ts';
import { checkDatabase } from './checks/database-check.ts';
import { checkFiles } from './checks/file-check.ts';
import { checkJournal } from './checks/journal-check.ts';
import { checkLeftovers } from './checks/leftover-check.ts';
import { checkRegistry } from './checks/registry-check.ts';
import { checkSeries } from './checks/series-check.ts';
import type { Finding } from './finding.ts';
import type { Inspection } from './inspection.ts';
import { repairStore, type Repaired } from './repair.ts';
import { findStore, openToRead, schemaOf } from '../store-files.ts';

export interface Diagnose {
  /** The data directory. */
  readonly data: string;
  /** Reads the bytes of every file, too. */
  readonly deep?: boolean;
  /** Looks at one moment of a store that a server may be running on. */
  readonly online?: boolean;
  readonly repair?: boolean;
  readonly now?: () => number;
  /** Hears each finding as it is made. */
  readonly onFinding?: (finding: Finding) => void;
}

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** What `repair` did, and what was lost by it; and what is found afterwards. */
  readonly repaired: readonly Repaired[];
  readonly left: readonly Finding[];
}

/** Of one check: beyond it nobody reads on, and memory stays bounded. */
const MOST_FINDINGS = 10_000;

type Check = (inspection: Inspection) => Iterable<Finding> | AsyncIterable<Finding>;

const CHECKS: readonly (readonly [Finding['check'], Check])[] = [
  ['database', checkDatabase],
  ['catalog', checkCatalog],
  ['audit', checkAudit],
  ['registry', checkRegistry],
  ['series', checkSeries],
  ['journal', checkJournal],
  ['files', checkFiles],
  ['leftovers', checkLeftovers],
];

/**
 * Looks at a whole store and says what is wrong with it; repairs what can be repaired safely.
 * @throws Fault when it cannot be checked: `not_found`, `corrupt` (no database), `unsupported` (a newer program's),
 * `conflict` (a server runs on it).
 */
export async function diagnose(ask: Diagnose): Promise<Diagnosis> {
  const store = findStore(ask.data);
  const lock = ask.online ? undefined : lockData(ask.data);
  try {
    const findings = await inspect(store, ask);
    if (!ask.repair || ask.online) return { findings, repaired: [], left: findings };
    const repaired = await repairStore(store, findings);
    return { findings, repaired, left: await inspect(store, { ...ask, onFinding: () => undefined }) };
  } finally {
    lock?.release();
  }
}

async function inspect(store: Inspection['store'], ask: Diagnose): Promise<readonly Finding[]> {
  const { deep = false, online = false, now = Date.now, onFinding = () => undefined } = ask;
  const findings: Finding[] = [];
  const tell = (finding: Finding): void => {
    findings.push(finding);
    onFinding(finding);
  };
  const database = openToRead(store.database);
  try {
    if (!begin(database, tell)) return findings;
    const inspection = { store, database, isDeep: deep, isOnline: online, now: now() };
    for (const [name, check] of CHECKS) {
      try {
        let count = 0;
        for await (const finding of check(inspection)) {
          count += 1;
          if (count > MOST_FINDINGS) {
            tell({
              check: name,
              severity: 'error',
              where: 'the rest',
              what: 'is not listed: too much is wrong',
            });
            break;
          }
          tell(finding);
        }
      } catch (error) {
        if (!isDamage(error)) throw error;
        tell(unreadable(name, error));
      }
    }
  } finally {
    database.close();
  }
  return findings;
}

/** All checks see one moment. False when the file is no database any more. */
function begin(database: DatabaseSync, tell: (finding: Finding) => void): boolean {
  try {
    database.exec('BEGIN');
    schemaOf(database);
    return true;
  } catch (error) {
    if (!isDamage(error)) throw error;
    tell(unreadable('database', error));
    return false;
  }
}

function unreadable(check: Finding['check'], error: unknown): Finding {
  const what = `cannot be read: ${error instanceof Error ? error.message : String(error)}. Restore a backup.`;
  return { check, severity: 'error', where: 'cairn.db', what };
}

/** SQLITE_ERROR on a table that is gone, SQLITE_CORRUPT, SQLITE_NOTADB: the file itself is damaged. */
const DAMAGE: ReadonlySet<number> = new Set([1, 11, 26]);

function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' && DAMAGE.has(code & 0xff);
}
