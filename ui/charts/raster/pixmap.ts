// Opaque pixels, in the byte order of ImageData. Opaque, because a chart lies on a panel of one colour: mixing is then
// one multiplication a channel, and the halo of the baseline is simply that colour.

/** 0xRRGGBB. */
export type Rgb = number;

export interface Pixmap {
  readonly width: number;
  readonly height: number;
  /** R, G, B, A of each pixel, row by row. */
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
  /** The same memory, one word a pixel: 0xAABBGGRR on little-endian machines, which all browsers run on. */
  readonly words: Uint32Array<ArrayBuffer>;
}

export function createPixmap(width: number, height: number, background: Rgb): Pixmap {
  const words = new Uint32Array(width * height);
  const pixmap = { width, height, bytes: new Uint8ClampedArray(words.buffer), words };
  words.fill(word(background));
  return pixmap;
}

export function word(colour: Rgb): number {
  return (0xff000000 | ((colour & 0xff) << 16) | (colour & 0xff00) | (colour >> 16)) >>> 0;
}

/** Lays `colour` over a pixel, covering the part `cover` (0 … 1) of it. */
export function mix(words: Uint32Array, at: number, colour: Rgb, cover: number): void {
  const weight = (cover * 256 + 0.5) | 0;
  if (weight <= 0) return;
  if (weight >= 256) {
    words[at] = word(colour);
    return;
  }
  const below = words[at] as number;
  const red = below & 0xff;
  const green = (below >> 8) & 0xff;
  const blue = (below >> 16) & 0xff;
  const r = red + ((((colour >> 16) - red) * weight) >> 8);
  const g = green + (((((colour >> 8) & 0xff) - green) * weight) >> 8);
  const b = blue + ((((colour & 0xff) - blue) * weight) >> 8);
  words[at] = 0xff000000 | (b << 16) | (g << 8) | r;
}

/** A horizontal line one row high, for the grid. */
export function fillRow(pixmap: Pixmap, row: number, height: number, colour: Rgb): void {
  const from = Math.max(0, row);
  const to = Math.min(pixmap.height, row + height);
  if (to > from) pixmap.words.fill(word(colour), from * pixmap.width, to * pixmap.width);
}
