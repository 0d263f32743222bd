import type { CSSProperties, ReactElement, ReactNode } from 'react';

import { classes } from './classes.ts';

export interface TableColumn<Row> {
  readonly id: string;
  readonly head: string;
  /** For a column of buttons: its head is there for screen readers. */
  readonly isHeadHidden?: boolean;
  readonly render: (row: Row) => ReactNode;
  /** A track of a CSS grid: `120px`, `minmax(0,1fr)`. */
  readonly width: string;
  readonly isNumber?: boolean;
  /** The narrowest screen that still shows it; every screen without it. */
  readonly from?: 'tablet' | 'desk';
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Under the first cell that a phone shows: what the hidden columns say. */
  readonly renderNote?: (row: Row) => ReactNode;
  readonly isDimmed?: (row: Row) => boolean;
  /** A heading above the first of each run of rows with the same one. */
  readonly group?: (row: Row) => string;
  /** For logs: many rows, read from top to bottom. */
  readonly isDense?: boolean;
}

/** Rows of one height in a grid that lines up, for some hundreds of rows; more of them is a virtual list. */
export function Table<Row>(props: TableProps<Row>): ReactElement {
  const { label, columns, rows, rowKey, renderNote, isDimmed, group, isDense = false } = props;
  const style = {
    '--desk': tracks(columns),
    '--tablet': tracks(columns.filter(({ from }) => from !== 'desk')),
    '--phone': tracks(columns.filter(({ from }) => from === undefined)),
  } as CSSProperties;
  const noted = columns.find(({ from }) => from === undefined);
  return (
    <div role="table" aria-label={label} style={style}>
      <div role="rowgroup" className="max-sm:sr-only">
        <div role="row" className={classes(ROW, 'min-h-7 text-11 text-ink-3')}>
          {columns.map((column) => (
            <span role="columnheader" key={column.id} className={cellClass(column)}>
              {column.isHeadHidden === true ? <span className="sr-only">{column.head}</span> : column.head}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row, i) => {
          const name = group?.(row);
          const before = rows[i - 1];
          const isFirst = name !== undefined && (before === undefined || group?.(before) !== name);
          return (
            <div key={rowKey(row)} className="contents">
              {isFirst && (
                <div
                  role="row"
                  className="border-t border-line bg-app px-3 py-1.5 text-11 font-medium text-ink-2"
                >
                  <span role="cell">{name}</span>
                </div>
              )}
              <div
                role="row"
                data-row={rowKey(row)}
                className={classes(
                  ROW,
                  'border-t border-line text-12 hover:bg-hover max-sm:min-h-11 max-sm:py-1.5',
                  isDense ? 'min-h-(--row)' : 'min-h-10',
                  isDimmed?.(row) === true && 'text-ink-3',
                )}
              >
                {columns.map((column) => (
                  <div role="cell" key={column.id} className={cellClass(column)}>
                    {column.render(row)}
                    {column === noted && renderNote !== undefined && (
                      <div className="text-12 text-ink-3 sm:hidden">{renderNote(row)}</div>
                    )}
                  </div>
                ))}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const ROW =
  'grid grid-cols-(--desk) items-center gap-x-4 px-3 max-lg:grid-cols-(--tablet) max-sm:grid-cols-(--phone) max-sm:gap-x-2';

function cellClass({ isNumber, from }: TableColumn<never>): string {
  return classes(
    'min-w-0',
    isNumber === true && 'text-right whitespace-nowrap',
    from === 'desk' && 'max-lg:hidden',
    from === 'tablet' && 'max-sm:hidden',
  );
}

function tracks(columns: readonly { readonly width: string }[]): string {
  return columns.map(({ width }) => width).join(' ');
}
