import { useQueryClient } from '@tanstack/react-query';
import { Button } from '#ui/kit/Button.tsx';
import { server } from '../../../api/server.ts';
import { isAtLeast, roleOf, useSession } from '../../../api/session.ts';
import { showToast } from '../../../shell/toasts.tsx';
import { count } from '../../../text/numbers.ts';
import { t } from '../../../text/translate.ts';
import type { Board } from '../use-board.ts';
import type { BoardAction, BoardView } from '../view.ts';

/** What is shown and pinned, and what can be done with the selected rows. */
export function SelectionBar({
  view,
  board,
  change,
  marked,
  onClear,
}: {
  readonly view: BoardView;
  readonly board: Board;
  readonly change: (action: BoardAction) => void;
  readonly marked: ReadonlySet<number>;
  readonly onClear: () => void;
}) {
  const client = useQueryClient();
  const mayDelete = isAtLeast(roleOf(useSession(), board.id), 'editor');
  const runs = [...marked];
  const shown = board.shown.map(({ run }) => run.number);
  const areShown = runs.length > 0 && runs.every((run) => shown.includes(run));
  const remove = async (): Promise<void> => {
    const doomed = board.runs.filter(({ number }) => marked.has(number));
    const refresh = (): Promise<void> => client.invalidateQueries();
    onClear();
    await Promise.all(doomed.map(({ id }) => server.deleteRun({ params: { run: id } })));
    await refresh();
    showToast(t('board.deleted', { count: doomed.length }), {
      label: t('action.undo'),
      act: () =>
        void Promise.all(doomed.map(({ id }) => server.restoreRun({ params: { run: id } }))).then(refresh),
    });
  };
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 overflow-x-auto whitespace-nowrap border-t border-line pl-4 pr-3 text-12 text-ink-2">
      {runs.length === 0 ? (
        <>
          <b className="font-medium text-ink">{t('board.shown', { count: shown.length })}</b>
          {view.pins.length > 0 && <span>{t('board.pinned', { count: view.pins.length })}</span>}
          <span className="ml-auto text-ink-3">
            {board.total !== undefined && t('board.runs', { count: board.total })}
            {board.found.hasNextPage && ` (${count(board.runs.length)})`}
          </span>
        </>
      ) : (
        <>
          <b className="font-medium text-ink">{t('board.marked', { count: runs.length })}</b>
          <span className="flex-1" />
          <Button shortcut="v" onClick={() => change({ kind: 'toggle-shown', runs, shown })}>
            {areShown ? t('board.hide') : t('board.show')}
          </Button>
          <Button onClick={() => change({ kind: 'show-only', runs })}>{t('board.onlyThese')}</Button>
          {runs.length === 1 && (
            <Button shortcut="b" onClick={() => change({ kind: 'toggle-base', run: runs[0] as number })}>
              {view.base === runs[0] ? t('board.clearBase') : t('board.setBase')}
            </Button>
          )}
          <Button shortcut="p" onClick={() => change({ kind: 'toggle-pin', runs })}>
            {t('board.pin')}
          </Button>
          {mayDelete && <Button onClick={() => void remove()}>{t('action.delete')}</Button>}
          <Button onClick={onClear}>{t('action.clear')}</Button>
        </>
      )}
    </div>
  );
}
