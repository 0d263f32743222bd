import type { Direction } from '#core/domain/project.ts';

export type Health = 'ok' | 'worse' | 'unknown';

export interface HealthVerdict {
  readonly health: Health;
  /** Why, in a sentence. */
  readonly detail: string;
}

/** How much worse than in development a model may do in production before it says so, of the development figure's size. */
const TOLERANCE = 0.02;

/**
 * Compares the newest production figure with the one of development, by the objective: `worse` when it is worse by more than 2 % of
 * the development figure (of a figure of 0: when it is worse at all). Whether that is drift or chance is for a monitor to say.
 */
export function healthOf(figures: {
  readonly direction: Direction | undefined;
  readonly dev: number | undefined;
  readonly prod: number | undefined;
}): HealthVerdict {
  const { direction, dev, prod } = figures;
  if (direction === undefined) return unknown('No objective says which metric counts.');
  if (prod === undefined) return unknown('Nobody has measured it in production.');
  if (dev === undefined) return unknown('There is no figure of development to compare with.');
  const worseBy = direction === 'max' ? dev - prod : prod - dev;
  const said = `${shown(prod)} in production, ${shown(dev)} in development`;
  if (worseBy > TOLERANCE * Math.abs(dev)) {
    const share = dev === 0 ? '' : ` by ${((100 * worseBy) / Math.abs(dev)).toFixed(1)} %`;
    return { health: 'worse', detail: `Worse${share}: ${said}.` };
  }
  return { health: 'ok', detail: `${said}.` };
}

function unknown(detail: string): HealthVerdict {
  return { health: 'unknown', detail };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
