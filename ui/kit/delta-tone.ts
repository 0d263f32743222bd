export type DeltaTone = 'better' | 'worse' | 'noise' | 'same';

/**
 * Whether a difference is good news: by the direction of what is measured, never by its sign, and only beyond the
 * tolerance within which it is noise.
 */
export function deltaTone(by: number, better: 'min' | 'max' | undefined, tolerance = 0): DeltaTone {
  if (by === 0) return 'same';
  if (better === undefined || Math.abs(by) <= tolerance) return 'noise';
  return by > 0 === (better === 'max') ? 'better' : 'worse';
}
