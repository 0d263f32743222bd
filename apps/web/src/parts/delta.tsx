import { fixed } from '../text/numbers.ts';

/** Arrow, sign, number. Tinted by the metric's direction, never by the sign alone; calm where the tint says nothing. */
export function Delta({
  value,
  decimals,
  direction,
  isTinted = true,
}: {
  readonly value: number;
  readonly decimals: number;
  readonly direction: 'min' | 'max';
  readonly isTinted?: boolean;
}) {
  if (!Number.isFinite(value)) return null;
  if (Math.abs(value) < 0.5 * 10 ** -decimals) return <span className="text-ink-3">± 0</span>;
  const isBetter = value > 0 === (direction === 'max');
  const tint = !isTinted ? 'text-ink-2' : isBetter ? 'text-better' : 'text-worse';
  const text = `${value > 0 ? '+' : ''}${fixed(value, decimals)}`;
  return (
    <span className={`inline-flex items-center justify-end gap-0.5 whitespace-nowrap ${tint}`}>
      <Arrow isUp={value > 0} />
      {text}
    </span>
  );
}

function Arrow({ isUp }: { readonly isUp: boolean }) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className={isUp ? '' : 'rotate-180'}>
      <path
        d="M4 7V1.2M1.6 3.6 4 1.2l2.4 2.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
