import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { t } from '../../text/translate.ts';
import type { Layout } from './view.ts';

const LEAST = 320;
const KEY_STEP = 24;

/** Table and charts beside each other with a line to drag; on a phone one above the other. */
export function Split({
  layout,
  width,
  onWidth,
  left,
  right,
}: {
  readonly layout: Layout;
  readonly width: number | undefined;
  readonly onWidth: (width: number) => void;
  readonly left: ReactNode;
  readonly right: ReactNode;
}) {
  const table = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<number>();
  const shown = dragged ?? width;
  const isBoth = layout === 'both';
  const start = (event: PointerEvent<HTMLDivElement>): void => {
    const element = table.current;
    if (!element) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragged(element.offsetWidth);
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const box = table.current?.getBoundingClientRect();
    if (dragged !== undefined && box) setDragged(Math.max(LEAST, Math.round(event.clientX - box.left)));
  };
  const end = (): void => {
    if (dragged !== undefined) onWidth(dragged);
    setDragged(undefined);
  };
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -KEY_STEP : event.key === 'ArrowRight' ? KEY_STEP : 0;
    if (by !== 0 && table.current) onWidth(Math.max(LEAST, table.current.offsetWidth + by));
  };
  return (
    <div className="flex min-h-0 flex-1 max-sm:flex-col-reverse">
      {layout !== 'charts' && (
        <div
          ref={table}
          style={{ width: isBoth ? (shown ?? 'min(776px, 46vw)') : '100%' }}
          className="flex min-h-0 min-w-0 max-w-[calc(100%-200px)] shrink-0 flex-col bg-panel max-sm:w-full! max-sm:max-w-full only:max-w-full"
        >
          {left}
        </div>
      )}
      {isBoth && (
        <div
          role="separator"
          aria-orientation="vertical"
          aria-label={t('board.splitter')}
          aria-valuenow={Math.round(shown ?? 776)}
          aria-valuemin={LEAST}
          tabIndex={0}
          onPointerDown={start}
          onPointerMove={move}
          onPointerUp={end}
          onKeyDown={step}
          className="relative z-10 -mx-1 w-[9px] shrink-0 cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-1 after:w-px after:bg-line hover:after:bg-line-strong max-sm:hidden"
        />
      )}
      {layout !== 'table' && <div className="flex min-h-0 min-w-0 flex-1 flex-col">{right}</div>}
    </div>
  );
}
