import type { ComponentProps, ReactElement, ReactNode } from 'react';

import { classes } from './classes.ts';

/** A white (or near-black) sheet with a border; never inside another one. */
export function Panel({ className, ...rest }: ComponentProps<'div'>): ReactElement {
  return (
    <div className={classes('min-w-0 rounded-panel border border-line bg-panel', className)} {...rest} />
  );
}

export interface SectionProps {
  readonly title: string;
  /** Beside the title: how many, since when. */
  readonly note?: ReactNode;
  /** At the right end: where to see all of it. */
  readonly end?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Section({ title, note, end, className, children }: SectionProps): ReactElement {
  return (
    <section className={classes('min-w-0', className)}>
      <div className="mb-1 flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
        <h2 className="font-semibold">{title}</h2>
        {note !== undefined && <span className="truncate text-ink-3">{note}</span>}
        {end !== undefined && (
          <span className="ml-auto flex min-w-0 flex-wrap max-sm:grow items-center justify-end gap-x-3 gap-y-1 text-12 text-ink-3">
            {end}
          </span>
        )}
      </div>
      {children}
    </section>
  );
}
