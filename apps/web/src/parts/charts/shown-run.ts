import type { RunJson } from '#core/contract/schemas.ts';
import type { Dash, Rank } from '#ui/charts/chart-line.ts';
import { dashesFor, slotOf, type Ink } from '#ui/charts/palette.ts';

/** A run with the looks of its line, which are the same in every chart and in the table. */
export interface ShownRun {
  readonly run: RunJson;
  readonly ink: Ink;
  readonly dash: Dash;
  readonly rank: Rank;
  /** Baseline or pinned: keeps its envelope among many. */
  readonly isMarked: boolean;
}

export interface Marks {
  readonly base: number | undefined;
  readonly pins: readonly number[];
}

/** More lines than that cannot be told apart by colour and dash: only marked ones keep theirs. */
const MOST_COLOURED = 30;

/** A run's colour is the slot of its number; runs that share one get dashes in the order in which they are shown. */
export function shownRuns(runs: readonly RunJson[], { base, pins }: Marks): ShownRun[] {
  const dashes = dashesFor(runs.map(({ number }) => (number === base ? 0 : slotOf(number))));
  return runs.map((run, i) => {
    const isBase = run.number === base;
    const isMarked = isBase || pins.includes(run.number);
    const isColoured = runs.length <= MOST_COLOURED || isMarked;
    return {
      run,
      ink: isBase ? 'text' : isColoured ? slotOf(run.number) : 'muted',
      dash: isBase || !isColoured ? 0 : (dashes[i] ?? 0),
      rank: isBase ? 'base' : 'plain',
      isMarked,
    };
  });
}
