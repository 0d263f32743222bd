import { crc32, deflateSync } from 'node:zlib';
import { CLASSES, PIXELS } from './digits.ts';
import type { Weights } from './classifier.ts';

// What the model looks for: each digit's 8 × 8 weights side by side, blue against, red for. An 8-bit RGB PNG of three
// chunks (PNG third edition, §5 and §11.2), written here because it takes thirty lines and no dependency.

const SIDE = 8;
const SCALE = 12;
const GAP = 4;
const TILE = SIDE * SCALE + GAP;

export function weightPicture(weights: Weights): Uint8Array {
  const width = CLASSES * TILE - GAP;
  const height = SIDE * SCALE;
  const strongest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  // Each line begins with its filter type, 0 = none.
  const lines = Buffer.alloc(height * (1 + 3 * width), 255);
  for (let y = 0; y < height; y += 1) {
    const line = y * (1 + 3 * width);
    lines[line] = 0;
    for (let x = 0; x < width; x += 1) {
      if (x % TILE >= SIDE * SCALE) continue;
      const pixel = Math.floor(y / SCALE) * SIDE + Math.floor((x % TILE) / SCALE);
      const strength = weights[Math.floor(x / TILE) * (PIXELS + 1) + pixel]! / strongest;
      lines.set(colour(strength), line + 1 + 3 * x);
    }
  }
  return encodePng(width, height, lines);
}

/** −1 blue, 0 white, 1 red; NaN grey. */
function colour(strength: number): [number, number, number] {
  if (Number.isNaN(strength)) return [160, 160, 160];
  const pale = Math.round(255 * (1 - Math.min(1, Math.abs(strength))));
  return strength < 0 ? [pale, pale, 255] : [255, pale, pale];
}

function encodePng(width: number, height: number, lines: Buffer): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}
