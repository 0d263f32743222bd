import { Fault } from '#core/domain/fault.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { KEPT_APART } from './kept-apart.ts';

/** What is needed to move a table, the same in every database. */
export interface TableShape {
  readonly name: string;
  /** In the order of their declaration. */
  readonly columns: readonly Column[];
  /** Columns of the primary key, in its order. Rows are read in the order of their key, texts by their bytes. */
  readonly key: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly holds: 'integer' | 'text' | 'bytes';
}

/** What a database says about its tables; one row a column. */
interface FoundColumn {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  /** From 1, 0 for a column that is not in the primary key. */
  readonly place: number;
}

interface Reference {
  readonly table: string;
  readonly needs: string;
}

const COLUMNS: Readonly<Record<Connection['dialect'], string>> = {
  sqlite: `SELECT t.name AS "table", c.name AS name, c.type AS type, c.pk AS place
    FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid`,
  // A key's columns are an int2vector, which counts from 0.
  postgres: `SELECT t.relname AS "table", c.attname AS name, format_type(c.atttypid, NULL) AS type,
      coalesce(array_position(k.indkey::int2[], c.attnum) + 1, 0) AS place
    FROM pg_class AS t
    JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
    LEFT JOIN pg_index AS k ON k.indrelid = t.oid AND k.indisprimary
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
    ORDER BY t.relname COLLATE "C", c.attnum`,
};

const REFERENCES: Readonly<Record<Connection['dialect'], string>> = {
  sqlite: `SELECT DISTINCT t.name AS "table", f."table" AS needs
    FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'`,
  postgres: `SELECT DISTINCT t.relname AS "table", r.relname AS needs FROM pg_constraint AS f
    JOIN pg_class AS t ON t.oid = f.conrelid JOIN pg_class AS r ON r.oid = f.confrelid
    WHERE f.contype = 'f' AND t.relnamespace = current_schema()::regnamespace`,
};

const HOLDS: ReadonlyMap<string, Column['holds']> = new Map([
  ['INTEGER', 'integer'],
  ['bigint', 'integer'],
  ['TEXT', 'text'],
  ['text', 'text'],
  ['BLOB', 'bytes'],
  ['bytea', 'bytes'],
]);

/** Names of all tables in a database, those of the transfer and of others included. */
export async function tableNames(connection: Connection): Promise<readonly string[]> {
  const found = await connection.query<FoundColumn>(COLUMNS[connection.dialect]);
  return [...new Set(found.map(({ table }) => table))];
}

/**
 * The tables to move as the database itself describes them: each comes after those that its rows refer to.
 * @throws Fault `internal` for a table that cannot be moved so.
 */
export async function readShapes(connection: Connection): Promise<readonly TableShape[]> {
  const found = await connection.query<FoundColumn>(COLUMNS[connection.dialect]);
  const shapes = new Map<string, TableShape>();
  for (const [name, columns] of Map.groupBy(found, ({ table }) => table)) {
    if (!KEPT_APART.has(name)) shapes.set(name, shapeOf(name, columns));
  }
  return inOrder(shapes, await connection.query<Reference>(REFERENCES[connection.dialect]));
}

function shapeOf(name: string, found: readonly FoundColumn[]): TableShape {
  const key = found.filter(({ place }) => place > 0).toSorted((a, b) => a.place - b.place);
  if (key.length === 0) throw new Fault('internal', `The table '${name}' has no primary key to move it by.`);
  const columns = found.map((column): Column => {
    const holds = HOLDS.get(column.type);
    if (holds) return { name: column.name, holds };
    throw new Fault(
      'internal',
      `The column '${name}.${column.name}' is ${column.type}: unknown to transfers.`,
    );
  });
  return { name, columns, key: key.map((column) => column.name) };
}

function inOrder(
  shapes: ReadonlyMap<string, TableShape>,
  references: readonly Reference[],
): readonly TableShape[] {
  const ordered = new Set<TableShape>();
  const left = new Set(shapes.values());
  while (left.size > 0) {
    const ready = [...left].filter(({ name }) =>
      references.every(({ table, needs }) => {
        const needed = shapes.get(needs);
        return table !== name || needs === name || !needed || ordered.has(needed);
      }),
    );
    if (ready.length === 0) throw new Fault('internal', 'Tables refer to each other in a circle.');
    for (const shape of ready) {
      ordered.add(shape);
      left.delete(shape);
    }
  }
  return [...ordered];
}

/** @throws Fault `internal` naming the first table that differs. */
export function assertAlike(source: readonly TableShape[], target: readonly TableShape[]): void {
  const texts = (shapes: readonly TableShape[]) =>
    new Map(shapes.map((shape) => [shape.name, describe(shape)] as const));
  const [one, other] = [texts(source), texts(target)];
  const different = [...one.keys(), ...other.keys()].find((name) => one.get(name) !== other.get(name));
  if (different === undefined) return;
  throw new Fault('internal', `The table '${different}' is not the same in both databases.`);
}

function describe({ columns, key }: TableShape): string {
  const sorted = columns.map(({ name, holds }) => `${name} ${holds}`).toSorted();
  return `${sorted.join(', ')} by ${key.join(', ')}`;
}
