/** Maps values to 0 … 1 along an axis. A log scale maps what is not positive to NaN. */
export interface Scale {
  readonly kind: ScaleKind;
  readonly from: number;
  readonly to: number;
}

export type ScaleKind = 'linear' | 'log';

/** The affine form that the inner loops use: position = kind(value) · factor + offset. */
export interface Projection {
  readonly isLog: boolean;
  readonly factor: number;
  readonly offset: number;
}

/** Values to pixels: `from` of the scale at `start`, `to` at `end` (y axes have start > end). */
export function project(scale: Scale, start: number, end: number): Projection {
  const isLog = scale.kind === 'log';
  const from = isLog ? Math.log10(scale.from) : scale.from;
  const to = isLog ? Math.log10(scale.to) : scale.to;
  const factor = to === from ? 0 : (end - start) / (to - from);
  return { isLog, factor, offset: to === from ? (start + end) / 2 : start - from * factor };
}

export function toPixel(projection: Projection, value: number): number {
  if (!projection.isLog) return value * projection.factor + projection.offset;
  return value > 0 ? Math.log10(value) * projection.factor + projection.offset : NaN;
}

export function toValue(projection: Projection, pixel: number): number {
  const linear = (pixel - projection.offset) / projection.factor;
  return projection.isLog ? 10 ** linear : linear;
}
