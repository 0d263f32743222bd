import type { RunId } from '#core/domain/ids.ts';
import type { LifecycleView } from '#core/domain/lifecycle.ts';
import type { Run } from '#core/domain/run.ts';
import { printField } from '#core/query/print.ts';
import { readField, typeOf } from '#core/query/subject.ts';
import { RUN_VOCABULARY } from '#core/query/subjects/run.ts';
import type { Field } from '#core/query/syntax.ts';
import { grown, type Column } from './column.ts';
import { IdColumn } from './id-column.ts';
import { NumberColumn } from './number-column.ts';
import type { ReadRun } from './run-source.ts';
import { TextColumn } from './text-column.ts';

/** An id of 32 characters, its slot in the list and in the map. */
const ROW_BYTES = 150;

const GONE = 0;
const ACTIVE = 1;
const DELETED = 2;

interface Kept {
  readonly field: Field;
  readonly column: Column;
  usedAt: number;
}

/** The runs of one project by row, and those of their columns that were asked for. Rows of purged runs are used again. */
export class RunTable {
  readonly #ids: RunId[] = [];
  readonly #rowOf = new Map<RunId, number>();
  readonly #free: number[] = [];
  #states = new Uint8Array(0);
  readonly #columns = new Map<string, Kept>();
  readonly #idColumn = new IdColumn(this.#ids);

  /** Rows, those of purged runs included. */
  get size(): number {
    return this.#ids.length;
  }

  get rowBytes(): number {
    return this.size * ROW_BYTES;
  }

  id(row: number): RunId {
    return this.#ids[row] as RunId;
  }

  /** 1 for each row of a run in this view, else 0. */
  visible(view: LifecycleView): Uint8Array {
    const rows = new Uint8Array(this.size);
    const states = this.#states;
    const isWanted = Uint8Array.of(0, Number(view !== 'deleted'), Number(view !== 'active'));
    for (let row = 0; row < rows.length; row += 1) {
      rows[row] = isWanted[states[row] as number] as number;
    }
    return rows;
  }

  has(field: Field): boolean {
    return isId(field) || this.#columns.has(printField(field));
  }

  /** @throws Error when it was not loaded: whoever searches loads what it asks for. */
  column(field: Field): Column {
    if (isId(field)) return this.#idColumn;
    const kept = this.#columns.get(printField(field));
    if (!kept) throw new Error(`The column ${printField(field)} is not loaded.`);
    return kept.column;
  }

  /** An empty column for a field, part of the table once it is `kept`. */
  emptyColumn(field: Field): Column {
    const type = typeOf(RUN_VOCABULARY, field);
    return type === 'number' ? new NumberColumn() : new TextColumn({ isScalar: type === 'scalar' });
  }

  keep(field: Field, column: Column): void {
    this.#columns.set(printField(field), { field, column, usedAt: 0 });
  }

  rowOf(id: RunId): number | undefined {
    return this.#rowOf.get(id);
  }

  /** The row of a run that was read; a new one when it is not known yet. */
  place({ id, isDeleted }: Pick<ReadRun, 'id' | 'isDeleted'>): number {
    let row = this.#rowOf.get(id);
    if (row === undefined) {
      row = this.#free.pop() ?? this.size;
      this.#ids[row] = id;
      this.#rowOf.set(id, row);
      this.#states = grown(this.#states, row);
    }
    this.#states[row] = isDeleted ? DELETED : ACTIVE;
    return row;
  }

  /** Takes over all fields of a run as it is now. */
  set(run: Run): void {
    const row = this.place({ id: run.id, isDeleted: run.deletedAt !== undefined });
    for (const { field, column } of this.#columns.values()) {
      column.set(row, readField(RUN_VOCABULARY, run, field));
    }
  }

  remove(id: RunId): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    this.#rowOf.delete(id);
    this.#states[row] = GONE;
    this.#free.push(row);
    for (const { column } of this.#columns.values()) column.set(row, undefined);
  }

  /** Notes when these columns were used last, by any growing number. */
  use(fields: readonly Field[], at: number): void {
    for (const field of fields) {
      const kept = this.#columns.get(printField(field));
      if (kept) kept.usedAt = at;
    }
  }

  /** What may be dropped, with its size and its last use. */
  *columns(): Generator<{ readonly name: string; readonly bytes: number; readonly usedAt: number }> {
    for (const [name, { column, usedAt }] of this.#columns) yield { name, bytes: column.bytes, usedAt };
  }

  drop(name: string): void {
    this.#columns.delete(name);
  }

  /** Drops columns that are mostly values of the past. */
  dropWasteful(): void {
    for (const [name, { column }] of this.#columns) if (column.isWasteful) this.#columns.delete(name);
  }
}

function isId({ entity, key }: Field): boolean {
  return entity === 'attribute' && key === 'run_id';
}
