import type { ReactElement } from 'react';

import { classes } from './classes.ts';

export type StatusKind = 'running' | 'queued' | 'finished' | 'failed' | 'lost' | 'killed' | 'warning';

const COLOURS: Record<StatusKind, string> = {
  running: 'text-running',
  queued: 'text-queued',
  finished: 'text-finished',
  failed: 'text-failed',
  lost: 'text-lost',
  killed: 'text-stopped',
  warning: 'text-warning',
};

export interface StatusProps {
  readonly status: StatusKind;
  /** The word; without it the glyph stands alone beside text that says it. */
  readonly children?: string | undefined;
}

/**
 * Glyph, word, colour, in this order, so that colour is never the only sign. `finished` is the usual case: only its
 * glyph is coloured, so that a column of it stays calm.
 */
export function Status({ status, children }: StatusProps): ReactElement {
  return (
    <span
      className={classes('inline-flex items-center gap-1.5 align-middle whitespace-nowrap', COLOURS[status])}
    >
      <StatusGlyph status={status} />
      {children !== undefined && (
        <span className={status === 'finished' ? 'text-ink-2' : ''}>{children}</span>
      )}
    </span>
  );
}

export function StatusGlyph({ status }: { readonly status: StatusKind }): ReactElement {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      {SHAPES[status]}
    </svg>
  );
}

const SHAPES: Record<StatusKind, ReactElement> = {
  running: <circle cx="6" cy="6" r="4" fill="currentColor" stroke="none" className="animate-pulse-slow" />,
  queued: <circle cx="6" cy="6" r="3.4" strokeWidth="1.4" />,
  finished: <path d="m2.5 6.5 2.4 2.4 4.6-5.4" strokeWidth="1.6" />,
  failed: <path d="m3 3 6 6M9 3 3 9" strokeWidth="1.6" />,
  lost: <circle cx="6" cy="6" r="3.8" strokeWidth="1.6" strokeDasharray="4.4 3.56" strokeLinecap="butt" />,
  killed: <rect x="2.5" y="2.5" width="7" height="7" rx="1" fill="currentColor" stroke="none" />,
  warning: (
    <>
      <path d="M6 1.8 10.8 10H1.2z" strokeWidth="1.4" />
      <path d="M6 4.8v2.2M6 8.5v.1" strokeWidth="1.2" />
    </>
  ),
};
