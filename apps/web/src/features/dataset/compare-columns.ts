import type { DatasetVersion } from '../../api/datasets.ts';

export type Column = DatasetVersion['columns'][number];

export interface ColumnChange {
  readonly column: Column;
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  /** What it was before; present when it changed. */
  readonly before?: Column;
}

/** The columns of a version in their order, each against the version before; what is gone stands at the end. */
export function compareColumns(
  columns: readonly Column[],
  previous: readonly Column[] | undefined,
): readonly ColumnChange[] {
  if (!previous) return columns.map((column) => ({ column, change: 'same' }));
  const before = new Map(previous.map((column) => [column.name, column]));
  const now = new Set(columns.map(({ name }) => name));
  const shown = columns.map((column): ColumnChange => {
    const old = before.get(column.name);
    if (!old) return { column, change: 'added' };
    const isSame = old.type === column.type && old.isRequired === column.isRequired;
    return isSame ? { column, change: 'same' } : { column, change: 'changed', before: old };
  });
  const removed = previous.filter(({ name }) => !now.has(name));
  return [...shown, ...removed.map((column): ColumnChange => ({ column, change: 'removed' }))];
}
