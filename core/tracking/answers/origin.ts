import type { Dataset } from '#core/domain/dataset.ts';
import type { MetricSummary } from '#core/domain/point.ts';
import type { ParamValue, Run } from '#core/domain/run.ts';
import type { Source } from '#core/domain/source.ts';
import type { Ports } from '../ports/ports.ts';
import { roleOf, type DatasetNumbers } from './chips.ts';
import type { Sight } from './sight.ts';
import { visibleRun, type VersionRow } from './version-rows.ts';

export interface OriginParam {
  readonly key: string;
  readonly value: ParamValue;
  /** Its text in the version that is compared with: null when that has none, absent when it is the same or nothing is compared. */
  readonly previous?: string | null;
}

/** What a version came from. All empty when no run is known, or it may not be read. */
export interface Origin {
  readonly run?: Run;
  /** There is a run, and whoever asks may not read it. */
  readonly isHidden: boolean;
  readonly source: Source;
  /** By key; those that only the compared version has are left out. */
  readonly params: readonly OriginParam[];
  readonly metrics: readonly (readonly [key: string, summary: MetricSummary])[];
  readonly datasets: readonly (Dataset & { readonly number: number; readonly role: string })[];
}

/** @param ask.comparedWith number of the version whose params differences are shown against. */
export async function originOf(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  sight: Sight,
  ask: {
    readonly row: VersionRow;
    readonly numbers: DatasetNumbers;
    readonly comparedWith: number | undefined;
  },
): Promise<Origin> {
  const { model, run, version } = ask.row;
  if (!run) {
    const isThere = version.run !== undefined && (await ports.catalog.run(version.run)) !== undefined;
    return { isHidden: isThere, source: {}, params: [], metrics: [], datasets: [] };
  }
  const other =
    ask.comparedWith === undefined
      ? undefined
      : await ports.registry.modelVersion({ model: model.id, number: ask.comparedWith });
  const before = await visibleRun(ports, sight, other?.run);
  const datasets = run.datasets.map(async (input) => {
    const { digest, name } = input.dataset;
    const number = (await ask.numbers.of(name, digest)) ?? 0;
    return { ...input.dataset, number, role: roleOf(input) };
  });
  return {
    run,
    isHidden: false,
    source: run.source,
    params: byKey(run.params).map(([key, value]) => ({ key, value, ...differing(before, key, value) })),
    metrics: byKey(run.metrics),
    datasets: await Promise.all(datasets),
  };
}

function differing(
  before: Run | undefined,
  key: string,
  { text }: ParamValue,
): Pick<OriginParam, 'previous'> {
  if (!before) return {};
  const previous = before.params.get(key)?.text;
  return previous === text ? {} : { previous: previous ?? null };
}

function byKey<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
