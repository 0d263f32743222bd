// How charts are drawn, as every page with charts keeps it in its URL:
// `m=/^val/&x=time&xr=0:500&y=log&sm=.6&band=none&lay=2&fold=grad`. Defaults are left out, and what cannot be read
// counts as left out, so that an old or mistyped link still opens.

export type XAxis = 'step' | 'relative' | 'time';

export interface ChartSettings {
  /** Part of a metric's name, or a pattern between slashes. */
  readonly metrics: string;
  readonly x: XAxis;
  readonly range: readonly [number, number] | undefined;
  readonly isLog: boolean;
  readonly smoothing: number;
  readonly hasEnvelope: boolean;
  readonly perRow: number;
  /** Groups of charts that are not as they would be by themselves: opened or closed by hand. */
  readonly toggled: readonly string[];
}

export const DEFAULT_CHARTS: ChartSettings = {
  metrics: '',
  x: 'step',
  range: undefined,
  isLog: false,
  smoothing: 0,
  hasEnvelope: true,
  perRow: 3,
  toggled: [],
};

export const CHART_KEYS = ['m', 'x', 'xr', 'y', 'sm', 'band', 'lay', 'fold'] as const;
export type ChartSearch = { readonly [K in (typeof CHART_KEYS)[number]]?: string | undefined };

export function decodeCharts(search: ChartSearch): ChartSettings {
  return {
    metrics: search.m ?? '',
    x: oneOf<XAxis>(search.x, ['step', 'relative', 'time']) ?? 'step',
    range: decodeRange(search.xr),
    isLog: search.y === 'log',
    smoothing: numberOf(search.sm, (value) => value >= 0 && value < 1) ?? 0,
    hasEnvelope: search.band !== 'none',
    perRow: numberOf(search.lay, (value) => value >= 1 && value <= 6 && Number.isInteger(value)) ?? 3,
    toggled: wordsOf(search.fold ?? ''),
  };
}

export function encodeCharts(settings: ChartSettings): Record<keyof ChartSearch, string | undefined> {
  const { range, smoothing } = settings;
  return {
    m: settings.metrics || undefined,
    x: settings.x === DEFAULT_CHARTS.x ? undefined : settings.x,
    xr: range && `${range[0]}:${range[1]}`,
    y: settings.isLog ? 'log' : undefined,
    sm: smoothing === 0 ? undefined : String(smoothing).replace(/^0\./, '.'),
    band: settings.hasEnvelope ? undefined : 'none',
    lay: settings.perRow === DEFAULT_CHARTS.perRow ? undefined : String(settings.perRow),
    fold: settings.toggled.join(',') || undefined,
  };
}

/** What a change brings with it: another x axis has another range. */
export function changeCharts(change: Partial<ChartSettings>): Partial<ChartSettings> {
  return change.x === undefined ? {} : { range: undefined };
}

/** All of them off when all were on, otherwise all on; the others keep their places. */
export function toggleAll<T>(present: readonly T[], toggled: readonly T[]): readonly T[] {
  const areOn = toggled.every((item) => present.includes(item));
  return areOn
    ? present.filter((item) => !toggled.includes(item))
    : [...present, ...toggled.filter((item) => !present.includes(item))];
}

export function wordsOf(text: string): string[] {
  return [...new Set(text.split(',').filter((word) => word !== ''))];
}

export function numberOf(
  text: string | undefined,
  isAllowed: (value: number) => boolean,
): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && isAllowed(value) ? value : undefined;
}

export function oneOf<T extends string>(text: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((value) => value === text);
}

function decodeRange(text: string | undefined): readonly [number, number] | undefined {
  const [from, to] = (text ?? '').split(':').map(Number);
  return from !== undefined && to !== undefined && from < to ? [from, to] : undefined;
}
