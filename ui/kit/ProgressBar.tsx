import type { ReactElement } from 'react';

/** How far something is, 0 … 1; the number stands beside it. */
export function ProgressBar({
  part,
  label,
}: {
  readonly part: number;
  readonly label: string;
}): ReactElement {
  const percent = Math.round(Math.min(1, Math.max(0, part)) * 100);
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      className="inline-block h-1 w-16 overflow-hidden rounded-chip bg-line align-middle"
    >
      <span className="block h-full bg-ink-2" style={{ width: `${percent}%` }} />
    </span>
  );
}
