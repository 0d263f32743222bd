import { Slot } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

import { classes } from './classes.ts';

/** Links to the parts of one thing; the address says which part is open. */
export function Tabs({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <nav
      aria-label={label}
      className="flex h-9 shrink-0 gap-5 overflow-x-auto border-b border-line px-(--gutter)"
    >
      {children}
    </nav>
  );
}

export interface TabProps {
  readonly isActive: boolean;
  /** The link, with the tab's word in it. */
  readonly children: ReactElement;
}

export function Tab({ isActive, children }: TabProps): ReactElement {
  return (
    <Slot.Root
      aria-current={isActive ? 'page' : undefined}
      className={classes(
        '-mb-px flex items-center gap-1.5 border-b-2 whitespace-nowrap outline-offset-[-2px]',
        isActive ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-2 hover:text-ink',
      )}
    >
      {children}
    </Slot.Root>
  );
}

/** How many there are, behind a tab's or section's word. */
export function Count({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className="text-11 font-normal text-ink-3">{children}</span>;
}
