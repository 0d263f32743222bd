import type { ReactElement, ReactNode } from 'react';

import { classes } from './classes.ts';

/** A key, drawn as one. */
export function Kbd({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}): ReactElement {
  return (
    <kbd
      className={classes(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-control border border-line bg-panel px-1 font-sans text-11 whitespace-nowrap text-ink-3',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
