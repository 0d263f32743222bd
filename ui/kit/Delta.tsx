import type { ReactElement } from 'react';

import { classes } from './classes.ts';
import { deltaTone, type DeltaTone } from './delta-tone.ts';

export interface DeltaProps {
  readonly by: number;
  /** The size of the difference as text, without sign. */
  readonly format: (size: number) => string;
  readonly better?: 'min' | 'max' | undefined;
  /** Differences up to this are noise and stay untinted. */
  readonly tolerance?: number;
}

const COLOURS: Record<DeltaTone, string> = {
  better: 'text-better',
  worse: 'text-worse',
  noise: 'text-ink-2',
  same: 'text-ink-3',
};

/** Arrow, sign, number: the tint is only the third way to see it. */
export function Delta({ by, format, better, tolerance = 0 }: DeltaProps): ReactElement | null {
  if (!Number.isFinite(by)) return null;
  const text = format(Math.abs(by));
  const isSame = by === 0 || Number(text) === 0;
  const tone = isSame ? 'same' : deltaTone(by, better, tolerance);
  return (
    <span
      className={classes('inline-flex items-center justify-end gap-0.5 whitespace-nowrap', COLOURS[tone])}
    >
      {isSame ? (
        '± 0'
      ) : (
        <>
          <svg
            width="8"
            height="8"
            viewBox="0 0 8 8"
            aria-hidden="true"
            className={by < 0 ? 'rotate-180' : ''}
          >
            <path
              d="M4 7V1.2M1.6 3.6 4 1.2l2.4 2.4"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.3"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
          {by > 0 ? '+' : '−'}
          {text}
        </>
      )}
    </span>
  );
}
