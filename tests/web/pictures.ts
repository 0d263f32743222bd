import type { Page } from 'playwright-core';

/** The share of pixels that differ noticeably between two pictures of equal size; 1 when the sizes differ. */
export async function pictureDifference(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const urls = [one, other].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  return page.evaluate(async ([first, second]) => {
    const pixelsOf = async (url: string | undefined): Promise<ImageData> => {
      const image = new Image();
      image.src = url ?? '';
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    };
    const [a, b] = await Promise.all([pixelsOf(first), pixelsOf(second)]);
    if (a.width !== b.width || a.height !== b.height) return 1;
    const isDifferent = (at: number): boolean =>
      [0, 1, 2].some((channel) => Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)) > 16);
    let different = 0;
    for (let at = 0; at < a.data.length; at += 4) if (isDifferent(at)) different += 1;
    return different / (a.data.length / 4);
  }, urls);
}
