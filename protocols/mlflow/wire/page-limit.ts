import { Fault } from '#core/domain/fault.ts';

/** How many rows a page may have. @throws Fault `invalid` outside 1…most. */
export function pageLimit(
  asked: number | undefined,
  { usual, most }: { usual: number; most: number },
): number {
  if (asked === undefined) return usual;
  if (asked >= 1 && asked <= most) return asked;
  throw new Fault(
    'invalid',
    `Invalid value ${asked} for parameter 'max_results' supplied. It must be at least 1 and at most ${most}.`,
    {
      field: 'max_results',
    },
  );
}
