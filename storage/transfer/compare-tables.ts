import { Fault } from '#core/domain/fault.ts';
import type { Side } from './sides/side.ts';
import { digestTable, type TableDigest } from './table-digest.ts';
import type { TableShape } from './table-shape.ts';

export interface ComparedTable extends TableDigest {
  readonly name: string;
}

/**
 * Reads every row of both sides and gives what they agree on.
 * @throws Fault `corrupt` naming each table that differs, with its counts.
 */
export async function compareTables(
  tables: readonly TableShape[],
  sides: { readonly source: Side; readonly target: Side; readonly onRows: (count: number) => void },
): Promise<readonly ComparedTable[]> {
  const { source, target, onRows } = sides;
  const compared: ComparedTable[] = [];
  const different: string[] = [];
  for (const table of tables) {
    const [here, there] = await Promise.all([
      digestTable(source.connection, table, onRows),
      digestTable(target.connection, table),
    ]);
    compared.push({ name: table.name, ...here });
    if (here.sha256 !== there.sha256) {
      different.push(`'${table.name}' (${here.rows} rows in the source, ${there.rows} in the target)`);
    }
  }
  if (different.length === 0) return compared;
  throw new Fault(
    'corrupt',
    `The copy in ${target.shown} is not equal to the source: ${different.join(', ')} differ. It stays closed to servers; empty it and move the store again.`,
  );
}
