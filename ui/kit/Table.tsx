import type { ComponentProps, CSSProperties, ReactElement, ReactNode } from 'react';

import { classes } from './classes.ts';

// Rows are grids of one column template, so that columns line up to the pixel and rows can be mounted singly by a
// virtual list; the roles make it a table for everyone who cannot see that.

export interface TableProps {
  readonly label: string;
  /** CSS grid-template-columns, the same for head and rows. */
  readonly columns: string;
  /** Of all rows, where only some are mounted. */
  readonly rowCount?: number;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Table({ label, columns, rowCount, className, children }: TableProps): ReactElement {
  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={rowCount}
      className={classes('text-12', className)}
      style={{ '--columns': columns } as CSSProperties}
    >
      {children}
    </div>
  );
}

const ROW = 'grid grid-cols-(--columns) items-center gap-x-4 px-3';

export function TableHead({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}): ReactElement {
  return (
    <div role="row" className={classes(ROW, 'h-7 border-b border-line text-11 text-ink-3', className)}>
      {children}
    </div>
  );
}

export interface TableRowProps extends ComponentProps<'div'> {
  readonly isSelected?: boolean;
  /** A stronger rule above: what follows is of another kind. */
  readonly isCut?: boolean;
  /** Pixels; 28 unless a row is one decision. */
  readonly height?: number;
}

export function TableRow({
  isSelected = false,
  isCut = false,
  height = 28,
  className,
  style,
  ...rest
}: TableRowProps): ReactElement {
  return (
    <div
      role="row"
      className={classes(
        ROW,
        'border-t first:border-t-0 [[role=row]+&]:first:border-t-0',
        isCut ? 'border-line-strong' : 'border-line',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
        className,
      )}
      style={{ height, ...style }}
      {...rest}
    />
  );
}

export interface HeadCellProps {
  readonly isNumeric?: boolean;
  /** Set for the column that orders the table. */
  readonly sort?: 'ascending' | 'descending' | undefined;
  /** Makes the head a button. */
  readonly onSort?: () => void;
  readonly children?: ReactNode;
}

export function HeadCell({ isNumeric = false, sort, onSort, children }: HeadCellProps): ReactElement {
  const content = (
    <>
      {sort !== undefined && <span aria-hidden="true">{sort === 'ascending' ? '↑ ' : '↓ '}</span>}
      {children}
    </>
  );
  return (
    <div
      role="columnheader"
      aria-sort={sort}
      className={classes(
        'min-w-0 truncate',
        isNumeric && 'text-right',
        sort !== undefined && 'font-medium text-ink',
      )}
    >
      {onSort === undefined ? (
        content
      ) : (
        <button type="button" onClick={onSort} className="cursor-pointer truncate hover:text-ink">
          {content}
        </button>
      )}
    </div>
  );
}

export function Cell({ className, ...rest }: ComponentProps<'div'>): ReactElement {
  return <div role="cell" className={classes('min-w-0 truncate', className)} {...rest} />;
}

/** Right-aligned; digits are tabular everywhere. */
export function NumberCell({ className, ...rest }: ComponentProps<'div'>): ReactElement {
  return <div role="cell" className={classes('min-w-0 text-right whitespace-nowrap', className)} {...rest} />;
}
