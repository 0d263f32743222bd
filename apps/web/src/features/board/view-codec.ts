import {
  CHART_KEYS,
  decodeCharts,
  encodeCharts,
  numberOf,
  oneOf,
  wordsOf,
} from '../../parts/charts/chart-settings.ts';
import { DEFAULT_VIEW, type BoardView, type Layout, type Sort } from './view.ts';

// `?q=…&sort=-objective&cols=a,b&sel=12,17&base=17&pin=12&mark=3,4&show=charts&w=640` and what charts add (`chart-settings.ts`).

const KEYS = ['q', 'sort', 'cols', 'sel', 'base', 'pin', 'mark', 'show', 'w', ...CHART_KEYS] as const;

export type BoardSearch = { readonly [K in (typeof KEYS)[number]]?: string | undefined };

export function validateBoardSearch(search: Record<string, unknown>): BoardSearch {
  const known = KEYS.filter((key) => typeof search[key] === 'string').map((key) => [key, search[key]]);
  return Object.fromEntries(known) as BoardSearch;
}

export function decodeView(search: BoardSearch): BoardView {
  return {
    ...decodeCharts(search),
    filter: search.q ?? '',
    sort: decodeSort(search.sort),
    columns: search.cols === undefined ? undefined : wordsOf(search.cols),
    shown: search.sel === undefined ? undefined : numbers(search.sel),
    base: numberOf(search.base, (value) => Number.isInteger(value) && value > 0),
    pins: numbers(search.pin ?? ''),
    marked: numbers(search.mark ?? ''),
    layout: oneOf<Layout>(search.show, ['table', 'charts', 'both']) ?? 'both',
    tableWidth: numberOf(search.w, (value) => value >= 240 && value <= 4000),
  };
}

export function encodeView(view: BoardView): BoardSearch {
  const { sort } = view;
  const entries: Record<(typeof KEYS)[number], string | undefined> = {
    q: view.filter || undefined,
    sort: sort && `${sort.isDescending ? '-' : ''}${sort.column}`,
    cols: view.columns?.join(','),
    sel: view.shown?.join(','),
    base: view.base?.toString(),
    pin: view.pins.join(',') || undefined,
    mark: view.marked.join(',') || undefined,
    show: view.layout === DEFAULT_VIEW.layout ? undefined : view.layout,
    w: view.tableWidth === undefined ? undefined : String(Math.round(view.tableWidth)),
    ...encodeCharts(view),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function decodeSort(text: string | undefined): Sort | undefined {
  const match = /^(-?)(.+)$/.exec(text ?? '');
  return match?.[2] === undefined ? undefined : { column: match[2], isDescending: match[1] === '-' };
}

function numbers(text: string): number[] {
  return wordsOf(text)
    .map(Number)
    .filter((value) => Number.isInteger(value) && value > 0);
}
