import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { ModelRow as Row } from '../../api/registry.ts';
import { Panel } from '#ui/kit/Panel.tsx';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { PHONE, useMedia } from '../../parts/use-media.ts';
import { useNow } from '../../parts/use-now.ts';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { COLUMNS, ModelRow } from './model-row.tsx';

const ROW = 44;
const PHONE_ROW = 64;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 60;

type Found = Pick<
  UseInfiniteQueryResult<{ readonly pages: readonly { readonly models: readonly Row[] }[] }>,
  'data' | 'isPending' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
>;

/** Only what is in view exists; ten thousand models scroll like ten. */
export function ModelsTable({ found, wanted }: { readonly found: Found; readonly wanted: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(60_000);
  const height = useMedia(PHONE) ? PHONE_ROW : ROW;
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.models) ?? [], [found.data]);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this page, which is what the rule guards
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Panel className="flex min-h-0 flex-col overflow-hidden">
      <div
        ref={scroller}
        className="relative min-h-0 flex-1 overflow-y-auto max-sm:max-h-[72dvh]"
        tabIndex={0}
        role="group"
        aria-label={t('nav.models')}
      >
        <div role="table" aria-label={t('nav.models')} aria-rowcount={rows.length + 1}>
          <div role="rowgroup" className="max-sm:sr-only">
            <div role="row" className={`tb-row tb-head sticky top-0 z-10 bg-panel ${COLUMNS}`}>
              <span role="columnheader">{rt('models.model')}</span>
              <span role="columnheader">{rt('models.production')}</span>
              <span role="columnheader" className="max-lg:hidden">
                {rt('models.since')}
              </span>
              <span role="columnheader" className="max-lg:hidden">
                {t('projects.objective')}
              </span>
              <span role="columnheader" className="num">
                {rt('fact.dev')}
              </span>
              <span role="columnheader" className="num">
                {rt('fact.prod')}
              </span>
              <span role="columnheader" className="num max-sm:hidden">
                {t('home.change')}
              </span>
              <span role="columnheader" className="max-2xl:hidden">
                {rt('models.trend')}
              </span>
              <span role="columnheader" className="max-lg:hidden">
                {rt('models.health')}
              </span>
              <span role="columnheader" className="max-lg:hidden">
                {rt('models.owner')}
              </span>
              <span role="columnheader" className="max-md:hidden">
                {rt('models.waiting')}
              </span>
            </div>
          </div>
          {found.isPending ? (
            <SkeletonRows rows={12} height={height} />
          ) : rows.length === 0 ? (
            <Empty>{rt('models.noMatch', { text: wanted })}</Empty>
          ) : (
            <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
              {items.map(({ index, key, start }) => {
                const row = rows[index];
                return (
                  row && (
                    <div
                      key={key}
                      role="row"
                      aria-rowindex={index + 2}
                      className="absolute inset-x-0 top-0 border-t border-line"
                      style={{ height, transform: `translateY(${start}px)` }}
                    >
                      <ModelRow row={row} now={now} />
                    </div>
                  )
                );
              })}
            </div>
          )}
        </div>
      </div>
    </Panel>
  );
}
