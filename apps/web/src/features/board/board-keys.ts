import { useNavigate } from '@tanstack/react-router';
import { METRICS_ID } from '../../parts/charts/chart-bar.tsx';
import { useHotkeys } from '../../shell/keys/hotkeys.ts';
import { useOfferCommands, type PageCommand } from '../../shell/keys/palette-state.ts';
import { t } from '../../text/translate.ts';
import { copyLink } from './copy-link.tsx';
import type { Board } from './use-board.ts';
import type { BoardAction, BoardView, Layout } from './view.ts';

export const FILTER_ID = 'board-filter';

interface KeysProps {
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
  readonly cursor: number | undefined;
  readonly setCursor: (run: number) => void;
  readonly toggleMark: (run: number) => void;
}

/** Everything the board can do without a mouse: the same list makes the keys, the palette and the sheet of keys. */
export function useBoardKeys(props: KeysProps): void {
  const navigate = useNavigate();
  const { board, cursor } = props;
  const open = (run: number): void =>
    void navigate({
      to: '/p/$project/runs/$number/{-$tab}',
      params: { project: board.segment, number: String(run) },
    });
  const commands = [...rowCommands(props, open), ...viewCommands(props)];
  useHotkeys({
    ...Object.fromEntries(commands.map(({ key, act }) => [key, act])),
    Enter: (event) => {
      // A focused button or link has its own Enter.
      if (event.target instanceof Element && event.target.closest('a, button')) return;
      if (cursor !== undefined) open(cursor);
    },
  });
  useOfferCommands(commands);
}

/** What acts on the row of the cursor, or moves it. */
function rowCommands(
  { board, change, cursor, setCursor, toggleMark }: KeysProps,
  open: (run: number) => void,
): PageCommand[] {
  const numbers = board.rows.map(({ run }) => run.number);
  const shown = board.shown.map(({ run }) => run.number);
  const move = (by: number) => (): void => {
    const at = cursor === undefined ? -1 : numbers.indexOf(cursor);
    const next = numbers[Math.min(numbers.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setCursor(next);
  };
  const onRow = (act: (run: number) => void) => (): void => {
    if (cursor !== undefined) act(cursor);
  };
  return [
    { key: 'j', label: t('keys.down'), act: move(1) },
    { key: 'k', label: t('keys.up'), act: move(-1) },
    { key: 'x', label: t('keys.select'), act: onRow(toggleMark) },
    {
      key: 'v',
      label: t('keys.show'),
      act: onRow((run) => change({ kind: 'toggle-shown', runs: [run], shown })),
    },
    {
      key: 'Shift+v',
      label: t('keys.only'),
      act: onRow((run) => change({ kind: 'show-only', runs: [run] })),
    },
    { key: 'b', label: t('keys.base'), act: onRow((run) => change({ kind: 'toggle-base', run })) },
    { key: 'p', label: t('keys.pin'), act: onRow((run) => change({ kind: 'toggle-pin', runs: [run] })) },
    { key: 'Enter', label: t('keys.open'), act: onRow(open) },
  ];
}

function viewCommands({ view, change }: KeysProps): PageCommand[] {
  const show = (layout: Layout) => (): void => change({ kind: 'set', change: { layout } });
  // After the palette, if it was one, has given the focus back.
  const focus = (id: string) => (): void =>
    void setTimeout(
      () => document.getElementById(id)?.focus(),
      document.querySelector('dialog, [role=dialog]') ? 60 : 0,
    );
  return [
    { key: '/', label: t('keys.filter'), act: focus(FILTER_ID) },
    { key: 'm', label: t('keys.metrics'), act: focus(METRICS_ID) },
    { key: '1', label: `${t('board.layout')}: ${t('board.table')}`, act: show('table') },
    { key: '2', label: `${t('board.layout')}: ${t('board.both')}`, act: show('both') },
    { key: '3', label: `${t('board.layout')}: ${t('board.charts')}`, act: show('charts') },
    {
      key: 'e',
      label: t('keys.envelope'),
      act: () => change({ kind: 'set', change: { hasEnvelope: !view.hasEnvelope } }),
    },
    { key: 'l', label: t('keys.log'), act: () => change({ kind: 'set', change: { isLog: !view.isLog } }) },
    { key: 'u', label: t('keys.link'), act: () => void copyLink() },
  ];
}
