import { mix, type Pixmap, type Rgb } from './pixmap.ts';

/** A short straight stroke with round ends, by each pixel's distance from it: for crosses, triangles and ticks. */
export function strokeMark(
  pixmap: Pixmap,
  from: readonly [number, number],
  to: readonly [number, number],
  width: number,
  colour: Rgb,
  alpha: number,
): void {
  const [x0, y0] = from;
  const [x1, y1] = to;
  const margin = width / 2 + 1;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const square = dx * dx + dy * dy || 1;
  eachPixel(
    pixmap,
    Math.min(x0, x1) - margin,
    Math.min(y0, y1) - margin,
    Math.max(x0, x1) + margin,
    Math.max(y0, y1) + margin,
    (x, y, at) => {
      const part = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square));
      const distance = Math.hypot(x - x0 - part * dx, y - y0 - part * dy);
      mix(pixmap.words, at, colour, Math.min(1, Math.max(0, width / 2 + 0.5 - distance)) * alpha);
    },
  );
}

export function fillDisc(
  pixmap: Pixmap,
  cx: number,
  cy: number,
  radius: number,
  colour: Rgb,
  alpha: number,
): void {
  eachPixel(pixmap, cx - radius - 1, cy - radius - 1, cx + radius + 1, cy + radius + 1, (x, y, at) => {
    mix(
      pixmap.words,
      at,
      colour,
      Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - cx, y - cy))) * alpha,
    );
  });
}

function eachPixel(
  pixmap: Pixmap,
  left: number,
  top: number,
  right: number,
  bottom: number,
  visit: (x: number, y: number, at: number) => void,
): void {
  const lastColumn = Math.min(pixmap.width - 1, Math.ceil(right));
  const lastRow = Math.min(pixmap.height - 1, Math.ceil(bottom));
  for (let row = Math.max(0, Math.floor(top)); row <= lastRow; row += 1) {
    for (let column = Math.max(0, Math.floor(left)); column <= lastColumn; column += 1) {
      visit(column + 0.5, row + 0.5, row * pixmap.width + column);
    }
  }
}
