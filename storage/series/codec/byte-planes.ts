// Byte planes: all first bytes of the values, then all second bytes, and so on. Neighbouring values agree in their
// high bytes, so zstd finds in a plane what it cannot see across interleaved values.
// From: the byte shuffle of HDF5 and Blosc (Alted, "Why modern CPUs are starving", 2010).

/** The planes of little-endian values of `width` bytes each, lowest plane first. */
export function splitPlanes(bytes: Uint8Array, width: number): Uint8Array {
  const count = bytes.length / width;
  const planes = new Uint8Array(bytes.length);
  for (let plane = 0; plane < width; plane += 1) {
    const start = plane * count;
    for (let i = 0; i < count; i += 1) planes[start + i] = bytes[i * width + plane] as number;
  }
  return planes;
}

/** The inverse, into a fresh and aligned buffer. */
export function joinPlanes(planes: Uint8Array, width: number): ArrayBuffer {
  const count = planes.length / width;
  if (width === 4) return joinFour(planes, 0, count, 1);
  if (width === 8) return joinFour(planes, 0, count, 2, joinFour(planes, 4, count, 2));
  const bytes = new Uint8Array(planes.length);
  for (let plane = 0; plane < width; plane += 1) {
    const start = plane * count;
    for (let i = 0; i < count; i += 1) bytes[i * width + plane] = planes[start + i] as number;
  }
  return bytes.buffer;
}

/** Four planes from `plane` on as 32-bit words, one every `stride` words; the words of the other four come by `into`. */
function joinFour(
  planes: Uint8Array,
  plane: number,
  count: number,
  stride: 1 | 2,
  into?: ArrayBuffer,
): ArrayBuffer {
  const buffer = into ?? new ArrayBuffer(count * 4 * stride);
  const words = new Int32Array(buffer);
  const a = planes.subarray(plane * count, (plane + 1) * count);
  const b = planes.subarray((plane + 1) * count, (plane + 2) * count);
  const c = planes.subarray((plane + 2) * count, (plane + 3) * count);
  const d = planes.subarray((plane + 3) * count, (plane + 4) * count);
  const offset = plane === 4 ? 1 : 0;
  for (let i = 0; i < count; i += 1) {
    words[i * stride + offset] =
      (a[i] as number) | ((b[i] as number) << 8) | ((c[i] as number) << 16) | ((d[i] as number) << 24);
  }
  return buffer;
}

/** Planes of non-negative integers below 256^width. */
export function splitIntegers(integers: Float64Array, width: number): Uint8Array {
  const count = integers.length;
  const planes = new Uint8Array(count * width);
  for (let i = 0; i < count; i += 1) {
    const value = integers[i] as number;
    let low = (value % 4294967296) | 0;
    for (let plane = 0; plane < width && plane < 4; plane += 1) {
      planes[plane * count + i] = low;
      low >>>= 8;
    }
    if (width <= 4) continue;
    let high = Math.floor(value / 4294967296);
    for (let plane = 4; plane < width; plane += 1) {
      planes[plane * count + i] = high;
      high >>>= 8;
    }
  }
  return planes;
}

/** The inverse, added to what `out` holds. */
export function addIntegers(planes: Uint8Array, width: number, out: Float64Array): void {
  const count = out.length;
  let scale = 1;
  for (let plane = 0; plane < width; plane += 1) {
    const start = plane * count;
    for (let i = 0; i < count; i += 1) {
      out[i] = (out[i] as number) + (planes[start + i] as number) * scale;
    }
    scale *= 256;
  }
}
