import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { METRICS_ID } from '../../parts/chart-bar.tsx';
import { useHotkeys } from '../../shell/hotkeys.ts';
import { useOfferCommands, type PageCommand } from '../../shell/palette-state.ts';
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

/** Everything the board can do without a mouse; the palette lists the same actions beside their keys. */
export function useBoardKeys({ view, board, change, cursor, setCursor, toggleMark }: KeysProps): void {
  const navigate = useNavigate();
  const move = (by: number): void => {
    const numbers = board.rows.map(({ run }) => run.number);
    const at = cursor === undefined ? -1 : numbers.indexOf(cursor);
    const next = numbers[Math.min(numbers.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setCursor(next);
  };
  const onRow =
    (act: (run: number) => void): (() => void) =>
    () => {
      if (cursor !== undefined) act(cursor);
    };
  const show = useCallback((layout: Layout) => change({ kind: 'set', change: { layout } }), [change]);
  const shown = board.shown.map(({ run }) => run.number);
  const { hasEnvelope, isLog } = view;
  const envelope = useCallback(
    () => change({ kind: 'set', change: { hasEnvelope: !hasEnvelope } }),
    [change, hasEnvelope],
  );
  const log = useCallback(() => change({ kind: 'set', change: { isLog: !isLog } }), [change, isLog]);
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    x: onRow(toggleMark),
    v: onRow((run) => change({ kind: 'toggle-shown', runs: [run], shown })),
    'Shift+v': onRow((run) => change({ kind: 'show-only', runs: [run] })),
    b: onRow((run) => change({ kind: 'toggle-base', run })),
    p: onRow((run) => change({ kind: 'toggle-pin', runs: [run] })),
    Enter: (event) => {
      // A focused button or link has its own Enter.
      if (event.target instanceof Element && event.target.closest('a, button')) return;
      onRow((run) =>
        void navigate({
          to: '/p/$project/runs/$number/{-$tab}',
          params: { project: board.segment, number: String(run) },
        }),
      )();
    },
    m: () => document.getElementById(METRICS_ID)?.focus(),
    '/': () => document.getElementById(FILTER_ID)?.focus(),
    '1': () => show('table'),
    '2': () => show('both'),
    '3': () => show('charts'),
    u: () => void copyLink(),
    e: envelope,
    l: log,
  });
  const commands = useMemo<readonly PageCommand[]>(
    () => [
      { id: 'filter', label: t('keys.filter'), keys: ['/'], act: () => focusSoon(FILTER_ID) },
      { id: 'metrics', label: t('keys.metrics'), keys: ['m'], act: () => focusSoon(METRICS_ID) },
      { id: 'link', label: t('keys.link'), keys: ['u'], act: () => void copyLink() },
      { id: 'table', label: `${t('board.layout')}: ${t('board.table')}`, keys: ['1'], act: () => show('table') },
      { id: 'both', label: `${t('board.layout')}: ${t('board.both')}`, keys: ['2'], act: () => show('both') },
      { id: 'charts', label: `${t('board.layout')}: ${t('board.charts')}`, keys: ['3'], act: () => show('charts') },
      { id: 'envelope', label: t('keys.envelope'), keys: ['e'], act: envelope },
      { id: 'log', label: t('keys.log'), keys: ['l'], act: log },
    ],
    [show, envelope, log],
  );
  useOfferCommands(commands);
}

/** After the palette has given the focus back. */
function focusSoon(id: string): void {
  setTimeout(() => document.getElementById(id)?.focus(), 50);
}
