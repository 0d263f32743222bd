import { createHash } from 'node:crypto';
import { PIXELS, type Digits } from './digits.ts';

const SOURCE = 'https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits';

/** The words by which a run names the digits that it used: equal digits have equal words. */
export function descriptionOf(name: string, digits: Digits) {
  const tensor = { type: 'tensor', 'tensor-spec': { dtype: 'float64', shape: [-1, PIXELS] } };
  return {
    name,
    digest: digestOf(digits),
    sourceType: 'http',
    source: SOURCE,
    schema: JSON.stringify({ mlflow_tensorspec: { features: JSON.stringify([tensor]), targets: null } }),
    profile: JSON.stringify({ num_rows: digits.count, features_shape: [digits.count, PIXELS] }),
  };
}

/** 16 hexadecimal digits of the SHA-256 of images and labels. */
export function digestOf({ images, labels }: Digits): string {
  const hash = createHash('sha256').update(new Uint8Array(images.buffer)).update(labels);
  return hash.digest('hex').slice(0, 16);
}
