// Ten line colours that people with any kind of colour vision tell apart, in both themes (found by annealing in OKLCH:
// smallest CIEDE2000 distance 11.9 under protan, deutan and tritan simulation). The values are CSS variables
// --run-1 … --run-10 of the kit's tokens; here is only which line gets which.
import type { Dash } from './chart-line.ts';

/** 1 … 10. */
export type Slot = number;

/** What a line is drawn in: a slot, the text colour (baseline), or the muted one. */
export type Ink = Slot | 'text' | 'muted';

export const SLOTS = 10;

/** Neighbours in number never share a colour, so what was started together can be told apart. */
export function slotOf(number: number): Slot {
  const rest = Math.abs(Math.trunc(number)) % SLOTS;
  return rest === 0 ? SLOTS : rest;
}

/** As a CSS value, for swatches and sparklines beside the chart. */
export function inkColour(ink: Ink): string {
  if (ink === 'text') return 'var(--text)';
  if (ink === 'muted') return 'var(--text-3)';
  return `var(--run-${ink})`;
}

/**
 * Dashes for lines shown together, in the order in which they got their places: the first of a slot is solid, the next
 * two are dashed and dotted, and from the fourth on it starts again.
 */
export function dashesFor(slots: readonly Slot[]): Dash[] {
  const seen = new Map<Slot, number>();
  return slots.map((slot) => {
    const before = seen.get(slot) ?? 0;
    seen.set(slot, before + 1);
    return (before % 3) as Dash;
  });
}

/** As an SVG stroke-dasharray in CSS pixels, undefined for solid. */
export function dashPattern(dash: Dash): string | undefined {
  return dash === 0 ? undefined : dash === 1 ? '6 3' : '2 2';
}
