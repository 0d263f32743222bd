export interface LabelAnchor {
  readonly id: string;
  /** Where the line ends, in pixels of the plot. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedLabel extends LabelAnchor {
  /** Where its text stands in the margin. */
  readonly labelY: number;
}

export const LABEL_SPACING = 14;
/** About as wide as a short name: labels nearer than this in x would cover each other. */
const LABEL_WIDTH = 48;

/**
 * Labels of lines that reach the right edge: in the order of their ends, `LABEL_SPACING` apart, as near to them as that
 * allows, inside 0 … height. Labels that cannot fit are left out from the crowded end.
 */
export function placeEndLabels(anchors: readonly LabelAnchor[], height: number): PlacedLabel[] {
  const capacity = Math.max(0, Math.floor(height / LABEL_SPACING) + 1);
  const ordered = anchors.toSorted((a, b) => a.y - b.y).slice(0, capacity);
  const ys = ordered.map((anchor) => Math.min(height, Math.max(0, anchor.y)));
  for (let i = 1; i < ys.length; i += 1)
    ys[i] = Math.max(ys[i] as number, (ys[i - 1] as number) + LABEL_SPACING);
  let limit = height;
  for (let i = ys.length - 1; i >= 0 && (ys[i] as number) > limit; i -= 1) {
    ys[i] = limit;
    limit -= LABEL_SPACING;
  }
  return ordered.map((anchor, i) => ({ ...anchor, labelY: ys[i] as number }));
}

/**
 * Labels of lines that end inside the plot: each beside its end, moved down (at the foot: up) where another one stands
 * already, and left out where there is no room, as where many lines end at one point.
 */
export function placeEarlyLabels(anchors: readonly LabelAnchor[], height: number): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const isFree = (x: number, y: number): boolean =>
    placed.every(
      (other) => Math.abs(other.x - x) >= LABEL_WIDTH || Math.abs(other.labelY - y) >= LABEL_SPACING,
    );
  for (const anchor of anchors.toSorted((a, b) => a.y - b.y)) {
    const labelY = [0, 1, -1, 2, -2, 3, -3]
      .map((by) => anchor.y + by * LABEL_SPACING)
      .find((y) => y >= 0 && y <= height && isFree(anchor.x, y));
    if (labelY !== undefined) placed.push({ ...anchor, labelY });
  }
  return placed;
}
