import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel } from '#ui/kit/Panel.tsx';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { tt } from '../../text/team/translate.ts';

type Asked = Pick<UseQueryResult, 'error' | 'refetch' | 'isPending'>;

/** A panel of rows in its four states: loading, refused, empty, there. */
export function RowsPanel({
  queries,
  isEmpty,
  emptyText,
  searched,
  children,
}: {
  readonly queries: readonly Asked[];
  readonly isEmpty: boolean;
  readonly emptyText: string;
  /** What was looked for, when that may be why nothing is there. */
  readonly searched?: string | undefined;
  readonly children: ReactNode;
}) {
  const failed = queries.find(({ error }) => error !== null);
  const isLoading = queries.some(({ isPending }) => isPending);
  return (
    <Panel className="overflow-hidden">
      {failed ? (
        <PageError error={failed.error} onRetry={() => queries.forEach(({ refetch }) => void refetch())} />
      ) : isLoading ? (
        <SkeletonRows rows={6} height={40} />
      ) : isEmpty ? (
        <Empty>
          {searched === undefined || searched.trim() === ''
            ? emptyText
            : tt('admin.noMatch', { text: searched })}
        </Empty>
      ) : (
        children
      )}
    </Panel>
  );
}
