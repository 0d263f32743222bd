import type { Weights } from './classifier.ts';
import { CLASSES, PIXELS } from './digits.ts';
import type { GridRun } from './grid.ts';

// A model as a folder: the weights, and an MLmodel file beside them that says what goes in and out, as MLflow's flavours do.

/** Path below the model's folder → content. */
export function modelFiles(
  { hidden }: Pick<GridRun, 'hidden'>,
  weights: Weights,
): Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> {
  return {
    MLmodel: mlmodel(hidden),
    // Doubles, little-endian: of each unit its weights and its bias.
    'weights.f64': new Uint8Array(weights.buffer as ArrayBuffer),
  };
}

/** Units of the hidden layer, from the MLmodel file. @throws Error when it is another's. */
export function hiddenUnits(text: string): number {
  const hidden = /^ {4}hidden: (\d+)$/m.exec(text)?.[1];
  if (hidden === undefined) throw new Error('The MLmodel file is not of the demo.');
  return Number(hidden);
}

function mlmodel(hidden: number): string {
  const tensor = (size: number): string =>
    JSON.stringify([{ type: 'tensor', 'tensor-spec': { dtype: 'float64', shape: [-1, size] } }]);
  return [
    'flavors:',
    '  cairn_demo:',
    `    hidden: ${hidden}`,
    '    weights: weights.f64',
    'signature:',
    `  inputs: '${tensor(PIXELS)}'`,
    `  outputs: '${tensor(CLASSES)}'`,
    '',
  ].join('\n');
}
