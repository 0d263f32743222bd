import type { VersionDetail } from '../../../api/registry.ts';

type Param = VersionDetail['origin']['params'][number];

export interface ParamChange {
  readonly key: string;
  readonly text: string;
  readonly kind: 'changed' | 'added' | 'same' | 'unknown';
  readonly previous: string | undefined;
  /** The difference, where both are numbers. */
  readonly by: number | undefined;
}

/**
 * Params with what differs from the version that was in production before first, each kind by name. A param that says
 * nothing of it is the same there, if there is such a version at all.
 */
export function paramChanges(params: readonly Param[], comparedWith: number | undefined): ParamChange[] {
  const change = (param: Param): ParamChange => changeOf(param, comparedWith !== undefined);
  return params.map(change).toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
}

function changeOf({ key, text, previous }: Param, isCompared: boolean): ParamChange {
  if (previous === undefined) {
    return { key, text, kind: isCompared ? 'same' : 'unknown', previous, by: undefined };
  }
  if (previous === null) return { key, text, kind: 'added', previous: undefined, by: undefined };
  const by = differenceOf(previous, text);
  const kind = previous === text || by === 0 ? 'same' : 'changed';
  return { key, text, kind, previous, by: kind === 'changed' ? by : undefined };
}

function differenceOf(from: string, to: string): number | undefined {
  if (from.trim() === '' || to.trim() === '') return undefined;
  const by = Number(to) - Number(from);
  return Number.isFinite(by) ? Number(by.toPrecision(12)) : undefined;
}

function rank({ kind }: ParamChange): number {
  return kind === 'changed' || kind === 'added' ? 0 : 1;
}
