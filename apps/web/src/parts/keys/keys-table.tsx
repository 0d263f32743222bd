import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import type { ApiKeyJson } from '../../api/identity.ts';
import { allProjectsQuery } from '../../api/workspaces.ts';
import { server } from '../../api/server.ts';
import { tt } from '../../text/team/translate.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNow } from '../use-now.ts';
import { inOrder, isEnded, keyState } from './key-state.ts';

const MOST_NAMED = 2;

/** Keys by what tells them apart; the secrets themselves nobody can show again. */
export function KeysTable({
  keys,
  ownerOf,
}: {
  readonly keys: readonly ApiKeyJson[];
  /** Adds a column of owners. */
  readonly ownerOf?: ((account: string) => string) | undefined;
}) {
  const now = useNow(30_000);
  const client = useQueryClient();
  const { data: projects = [] } = useQuery(allProjectsQuery);
  const [doomed, setDoomed] = useState<ApiKeyJson>();
  const projectName = (id: string): string => projects.find((each) => each.id === id)?.name ?? id;
  const lastUsed = ({ lastUsedAt }: ApiKeyJson) =>
    lastUsedAt === undefined ? (
      <span className="text-ink-3">{tt('keys.unused')}</span>
    ) : (
      <span title={absolute(lastUsedAt)}>{t('time.ago', { age: age(lastUsedAt, now) })}</span>
    );
  const columns: TableColumn<ApiKeyJson>[] = [
    {
      id: 'name',
      head: tt('keys.name'),
      width: 'minmax(0,1.4fr)',
      render: ({ name }) => (
        <span className="block truncate text-13 font-medium" title={name}>
          {name}
        </span>
      ),
    },
    {
      id: 'prefix',
      head: tt('keys.prefix'),
      width: '112px',
      from: 'tablet',
      render: ({ prefix }) => <code className="text-ink-2">{prefix}…</code>,
    },
    ...(ownerOf
      ? [
          {
            id: 'owner',
            head: tt('keys.owner'),
            width: 'minmax(0,1fr)',
            from: 'tablet' as const,
            render: ({ account }: ApiKeyJson) => <span className="block truncate">{ownerOf(account)}</span>,
          },
        ]
      : []),
    {
      id: 'role',
      head: tt('keys.role'),
      width: '64px',
      from: 'tablet',
      render: ({ role }) => tt(`role.${role}`),
    },
    {
      id: 'projects',
      head: tt('keys.projects'),
      width: 'minmax(0,1fr)',
      from: 'desk',
      render: ({ projects: of }) => {
        if (of === undefined) return <span className="text-ink-3">{tt('keys.allProjects')}</span>;
        const names = of.map(projectName);
        const shown = names.slice(0, MOST_NAMED).join(', ');
        return (
          <span className="block truncate" title={names.join('\n')}>
            {names.length > MOST_NAMED ? `${shown} +${names.length - MOST_NAMED}` : shown}
          </span>
        );
      },
    },
    {
      id: 'created',
      head: tt('keys.created'),
      width: '84px',
      from: 'desk',
      render: ({ createdAt }) => (
        <span className="text-ink-3" title={absolute(createdAt)}>
          {absolute(createdAt).slice(0, 10)}
        </span>
      ),
    },
    {
      id: 'expires',
      head: tt('keys.expires'),
      width: '92px',
      from: 'tablet',
      render: (key) => <Expiry of={key} now={now} />,
    },
    { id: 'used', head: tt('keys.lastUsed'), width: '84px', from: 'tablet', render: lastUsed },
    {
      id: 'revoke',
      head: tt('admin.actions'),
      isHeadHidden: true,
      width: '76px',
      isNumber: true,
      render: (key) =>
        !isEnded(key, now) && (
          <Button
            look="danger"
            onClick={() => setDoomed(key)}
            aria-label={`${tt('keys.revoke')} ${key.name}`}
          >
            {tt('keys.revoke')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Table
        label={tt('keys.title')}
        columns={columns}
        rows={inOrder(keys, now)}
        rowKey={({ id }) => id}
        isDimmed={(key) => isEnded(key, now)}
        renderNote={(key) => (
          <span className="flex flex-wrap gap-x-2">
            {ownerOf && <span>{ownerOf(key.account)}</span>}
            <code>{key.prefix}…</code>
            <span>{tt(`role.${key.role}`)}</span>
            <Expiry of={key} now={now} />
          </span>
        )}
      />
      {doomed && (
        <ConfirmDialog
          title={tt('keys.revokeTitle', { name: doomed.name })}
          text={tt('keys.revokeText', { prefix: doomed.prefix })}
          action={tt('keys.revoke')}
          onConfirm={async () => {
            await server.revokeKey({ params: { key: doomed.id } });
            await client.invalidateQueries({ queryKey: ['keys'] });
          }}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </>
  );
}

function Expiry({ of, now }: { readonly of: ApiKeyJson; readonly now: number }) {
  const state = keyState(of, now);
  if (state === 'revoked') return <Status status="killed">{tt('keys.revoked')}</Status>;
  if (state === 'expired') return <Status status="killed">{tt('keys.expired')}</Status>;
  if (of.expiresAt === undefined) return <span className="text-ink-3">{tt('keys.never')}</span>;
  const day = absolute(of.expiresAt).slice(0, 10);
  return (
    <span title={absolute(of.expiresAt)}>
      {state === 'soon' ? <Status status="warning">{day}</Status> : day}
    </span>
  );
}
