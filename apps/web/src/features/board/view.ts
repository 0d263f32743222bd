import {
  changeCharts,
  DEFAULT_CHARTS,
  toggleAll,
  type ChartSettings,
} from '../../parts/charts/chart-settings.ts';

// The state of the board: what its URL says and nothing else. A pure reducer; `view-codec.ts` writes it into the URL.

export type Layout = 'table' | 'both' | 'charts';

export interface Sort {
  readonly column: string;
  readonly isDescending: boolean;
}

export interface BoardView extends ChartSettings {
  /** Cairn's filter language. */
  readonly filter: string;
  /** Without one: by the objective, best first. */
  readonly sort: Sort | undefined;
  /** Column ids of `columns.ts`; without them the usual ones. */
  readonly columns: readonly string[] | undefined;
  /** Run numbers in the order in which they got their lines, or the first ones of the table. */
  readonly shown: readonly number[] | undefined;
  readonly base: number | undefined;
  readonly pins: readonly number[];
  /** Selected rows, for what is done with several. */
  readonly marked: readonly number[];
  readonly layout: Layout;
  readonly tableWidth: number | undefined;
}

export const TOP_SHOWN = 10;

export const DEFAULT_VIEW: BoardView = {
  ...DEFAULT_CHARTS,
  filter: '',
  sort: undefined,
  columns: undefined,
  shown: undefined,
  base: undefined,
  pins: [],
  marked: [],
  layout: 'both',
  tableWidth: undefined,
};

export type BoardAction =
  | { readonly kind: 'set'; readonly change: Partial<BoardView> }
  /** `shown` is what is shown now, which the view does not say while it follows the table. */
  | { readonly kind: 'toggle-shown'; readonly runs: readonly number[]; readonly shown: readonly number[] }
  | { readonly kind: 'show-only'; readonly runs: readonly number[] }
  | { readonly kind: 'toggle-base'; readonly run: number }
  | { readonly kind: 'toggle-pin'; readonly runs: readonly number[] }
  | { readonly kind: 'toggle-mark'; readonly run: number }
  /** All of them, whatever some were before. */
  | { readonly kind: 'mark'; readonly runs: readonly number[] }
  | { readonly kind: 'sort-by'; readonly column: string; readonly startsDescending: boolean }
  | { readonly kind: 'toggle-group'; readonly group: string };

export function changeView(view: BoardView, action: BoardAction): BoardView {
  switch (action.kind) {
    case 'set':
      return { ...view, ...changeCharts(action.change), ...action.change };
    case 'toggle-shown':
      return { ...view, shown: toggleAll(action.shown, action.runs) };
    case 'show-only':
      return { ...view, shown: action.runs };
    case 'toggle-base':
      return { ...view, base: view.base === action.run ? undefined : action.run };
    case 'toggle-pin':
      return { ...view, pins: toggleAll(view.pins, action.runs) };
    case 'toggle-mark':
      return { ...view, marked: toggleAll(view.marked, [action.run]) };
    case 'mark':
      return { ...view, marked: [...new Set([...view.marked, ...action.runs])] };
    case 'sort-by':
      return { ...view, sort: nextSort(view.sort, action) };
    case 'toggle-group':
    default:
      return { ...view, toggled: toggleAll(view.toggled, [action.group]) };
  }
}

/** First the column's own direction, then the other one, then none. */
function nextSort(
  sort: Sort | undefined,
  { column, startsDescending }: { readonly column: string; readonly startsDescending: boolean },
): Sort | undefined {
  if (sort?.column !== column) return { column, isDescending: startsDescending };
  return sort.isDescending === startsDescending ? { column, isDescending: !startsDescending } : undefined;
}
