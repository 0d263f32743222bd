import { PIXELS, type Digits } from './digits.ts';

const SIDE = 8;

/**
 * Digits as a camera sees them that was knocked and gathers dust: moved to the right and down by up to 1.5 pixels, and blurred.
 * @param age 0 gives the digits as they are, 1 the worst.
 */
export function worn(digits: Digits, age: number): Digits {
  const images = new Float64Array(digits.images.length);
  for (let row = 0; row < digits.count; row += 1) {
    const image = digits.images.subarray(row * PIXELS, (row + 1) * PIXELS);
    images.set(blurred(moved(image, 1.5 * age), 0.5 * age), row * PIXELS);
  }
  return { ...digits, images };
}

/** By parts of a pixel, between neighbours (bilinear). */
function moved(image: Float64Array, by: number): Float64Array {
  const whole = Math.floor(by);
  const part = by - whole;
  return picture((x, y) => {
    const near = (dx: number, dy: number): number => pixel(image, x - whole - dx, y - whole - dy);
    return (
      (1 - part) * (1 - part) * near(0, 0) +
      part * (1 - part) * (near(1, 0) + near(0, 1)) +
      part * part * near(1, 1)
    );
  });
}

/** @param share of each pixel that its four neighbours give. */
function blurred(image: Float64Array, share: number): Float64Array {
  return picture((x, y) => {
    const around =
      pixel(image, x - 1, y) + pixel(image, x + 1, y) + pixel(image, x, y - 1) + pixel(image, x, y + 1);
    return (1 - share) * pixel(image, x, y) + (share / 4) * around;
  });
}

function picture(at: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: PIXELS }, (_, pixelAt) =>
    at(pixelAt % SIDE, Math.floor(pixelAt / SIDE)),
  );
}

function pixel(image: Float64Array, x: number, y: number): number {
  return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : image[y * SIDE + x]!;
}
