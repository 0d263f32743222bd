import type { ReactNode } from 'react';

/** What scrolls below a page's head: by keyboard too, where nothing in it takes the focus. */
export function PageBody({
  label,
  isStack = false,
  children,
}: {
  readonly label: string;
  /** Its parts stand below each other with a gap. */
  readonly isStack?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      // Positioned, so that what is there for screen readers alone lies in here and not below the page.
      className={`relative min-h-0 flex-1 overflow-y-auto p-(--gutter) outline-offset-[-2px] max-sm:p-3 ${isStack ? 'flex flex-col gap-4' : ''}`}
    >
      {children}
    </div>
  );
}
