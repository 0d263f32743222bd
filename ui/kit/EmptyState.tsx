import type { ReactElement, ReactNode } from 'react';

export interface EmptyStateProps {
  /** Says why there is nothing. */
  readonly title: string;
  /** Says what to do about it. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <p className="font-medium text-ink">{title}</p>
      {children !== undefined && <div className="max-w-[60ch] text-ink-2">{children}</div>}
      {action}
    </div>
  );
}
