import type { VersionDetail } from '../../api/registry.ts';
import { fileKind } from '../../parts/files/file-kinds.ts';

type Files = VersionDetail['fileList'];

/** A text file that is not the same in both versions. */
export interface TextPair {
  readonly path: string;
  readonly inA: boolean;
  readonly inB: boolean;
}

/** Larger ones are for tools of their own. */
const MOST_BYTES = 400_000;
const ENVIRONMENT =
  /(^|\/)(requirements\.txt|conda\.ya?ml|python_env\.ya?ml|uv\.lock|poetry\.lock|pyproject\.toml|environment\.ya?ml)$/;

/** Files of the environment first, then code, then the rest, MLmodel last; only what can be read as text. */
export function differingTexts(a: Files, b: Files): TextPair[] {
  const left = new Map(a.map((file) => [file.path, file]));
  const right = new Map(b.map((file) => [file.path, file]));
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => {
      const [one, other] = [left.get(path), right.get(path)];
      const size = Math.max(one?.sizeBytes ?? 0, other?.sizeBytes ?? 0);
      const isText = ['text', 'json', 'table', 'html'].includes(fileKind(path));
      return (
        isText &&
        size <= MOST_BYTES &&
        one?.digest !== other?.digest &&
        !/\.(ubj|model|cbm|pb|joblib)$/.test(path)
      );
    })
    .toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map((path) => ({ path, inA: left.has(path), inB: right.has(path) }));
}

function rank(path: string): number {
  if (ENVIRONMENT.test(path)) return 0;
  // What differs by its ids and dates alone says least.
  if (/(^|\/)(MLmodel|(serving_)?input_example\.json)$/.test(path)) return 3;
  return /\.(py|ts|js|sh|toml|ya?ml)$/.test(path) ? 1 : 2;
}
