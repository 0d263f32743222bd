import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { ConfirmDialog } from '../../parts/forms/confirm-dialog.tsx';
import { useNow } from '../../parts/use-now.ts';
import { messageOf } from '../../shell/page-error.tsx';
import { showToast } from '../../shell/toasts.tsx';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';

export interface Deleted {
  readonly id: string;
  /** As a sentence names it: `run 12`. */
  readonly title: string;
  readonly deletedAt: number | undefined;
  readonly name: ReactNode;
  readonly note: ReactNode;
}

/** What was deleted and is still there: back it comes, or it goes for ever. */
export function DeletedTable({
  label,
  items,
  mayPurge,
  onRestore,
  onPurge,
  purgeText,
}: {
  readonly label: string;
  readonly items: readonly Deleted[];
  readonly mayPurge: boolean;
  readonly onRestore: (id: string) => Promise<unknown>;
  readonly onPurge: (id: string) => Promise<unknown>;
  /** What goes with it. */
  readonly purgeText: string;
}) {
  const now = useNow(30_000);
  const client = useQueryClient();
  const [doomed, setDoomed] = useState<Deleted>();
  const restore = useMutation({
    mutationFn: ({ id }: Deleted) => onRestore(id),
    onSuccess: () => client.invalidateQueries(),
    onError: (error) => showToast(messageOf(error)),
  });
  const columns: TableColumn<Deleted>[] = [
    { id: 'name', head: t('deleted.name'), width: 'minmax(0,1fr)', render: ({ name }) => name },
    { id: 'note', head: t('deleted.note'), width: '112px', from: 'tablet', render: ({ note }) => note },
    {
      id: 'deleted',
      head: t('deleted.when'),
      width: '112px',
      from: 'tablet',
      render: ({ deletedAt }) =>
        deletedAt !== undefined && (
          <span className="text-ink-2" title={absolute(deletedAt)}>
            {t('time.ago', { age: age(deletedAt, now) })}
          </span>
        ),
    },
    {
      id: 'actions',
      head: t('deleted.actions'),
      isHeadHidden: true,
      width: mayPurge ? '208px' : '84px',
      isNumber: true,
      render: (item) => (
        <span className="inline-flex gap-2">
          <Button
            aria-label={`${t('action.restore')}: ${item.title}`}
            disabled={restore.isPending}
            onClick={() => restore.mutate(item)}
          >
            {t('action.restore')}
          </Button>
          {mayPurge && (
            <Button
              look="danger"
              aria-label={`${t('deleted.purge')}: ${item.title}`}
              onClick={() => setDoomed(item)}
            >
              {t('deleted.purge')}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <Table label={label} columns={columns} rows={items} rowKey={({ id }) => id} />
      {doomed && (
        <ConfirmDialog
          title={t('deleted.purgeTitle', { name: doomed.title })}
          text={purgeText}
          action={t('deleted.purge')}
          onConfirm={async () => {
            await onPurge(doomed.id);
            await client.invalidateQueries();
          }}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </>
  );
}
