import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Status } from '#ui/kit/Status.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { teamsQuery, type AccountRow, type RoleBindingJson, type TeamJson } from '../../../api/identity.ts';
import { allProjectsQuery } from '../../../api/workspaces.ts';
import { useSession } from '../../../api/session.ts';
import { placeName } from '../../../parts/roles/places.ts';
import { useNow } from '../../../parts/use-now.ts';
import { tt } from '../../../text/team/translate.ts';
import { absolute, age } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { RoleSelect } from '../roles/role-select.tsx';
import { AccountActions } from './account-actions.tsx';
import { AccountDialog, type AccountAction } from './account-dialogs.tsx';

/** Roles narrower than the server's, a team's by the team's name. */
function rolesElsewhere(
  account: string,
  roles: readonly RoleBindingJson[],
  teams: readonly TeamJson[],
): (RoleBindingJson & { readonly team?: string })[] {
  return roles.flatMap((binding) => {
    const { holder, place } = binding;
    if (holder.kind === 'account') return holder.id === account && place.scope !== 'server' ? [binding] : [];
    const team = teams.find(({ id, members }) => id === holder.id && members.includes(account));
    return team === undefined ? [] : [{ ...binding, team: team.name }];
  });
}

const SERVER = { scope: 'server' } as const;

export function AccountsTable({
  label,
  accounts,
  roles,
}: {
  readonly label: string;
  readonly accounts: readonly AccountRow[];
  readonly roles: readonly RoleBindingJson[];
}) {
  const now = useNow(30_000);
  const { account: own } = useSession();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: projects = [] } = useQuery(allProjectsQuery);
  const [open, setOpen] = useState<{ readonly account: AccountRow; readonly action: AccountAction }>();
  const serverRole = ({ id }: AccountRow) =>
    roles.find(
      ({ holder, place }) => place.scope === 'server' && holder.kind === 'account' && holder.id === id,
    )?.role;
  const seen = ({ lastSeenAt }: AccountRow) =>
    lastSeenAt === undefined ? (
      <span className="text-ink-3">{tt('users.notSeen')}</span>
    ) : (
      <span title={absolute(lastSeenAt)}>{t('time.ago', { age: age(lastSeenAt, now) })}</span>
    );
  const columns: TableColumn<AccountRow>[] = [
    {
      id: 'name',
      head: tt('users.name'),
      width: 'minmax(0,1fr)',
      render: ({ id, name, displayName }) => (
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="truncate text-13 font-medium" title={displayName}>
            {displayName}
          </span>
          {displayName !== name && <code className="truncate text-ink-3 max-sm:hidden">{name}</code>}
          {own?.id === id && <span className="text-11 text-ink-3">{tt('users.you')}</span>}
        </span>
      ),
    },
    {
      id: 'state',
      head: tt('users.state'),
      width: '112px',
      from: 'tablet',
      render: (account) => <State of={account} />,
    },
    {
      id: 'role',
      head: tt('users.role'),
      width: '112px',
      render: (account) => (
        <RoleSelect
          label={tt('users.serverRole', { name: account.displayName })}
          holder={{ kind: 'account', id: account.id }}
          place={SERVER}
          role={serverRole(account)}
          mayBeNone
        />
      ),
    },
    {
      id: 'elsewhere',
      head: tt('users.elsewhere'),
      width: 'minmax(0,1.4fr)',
      from: 'desk',
      render: (account) => {
        const texts = rolesElsewhere(account.id, roles, teams).map(
          ({ place, role, team }) =>
            `${placeName(place, projects)}: ${tt(`role.${role}`)}${team === undefined ? '' : ` (${team})`}`,
        );
        return (
          <span className="block truncate text-ink-2" title={texts.join('\n')}>
            {texts.join(', ')}
          </span>
        );
      },
    },
    { id: 'seen', head: tt('users.seen'), width: '96px', from: 'tablet', render: seen },
    {
      id: 'created',
      head: tt('users.created'),
      width: '96px',
      from: 'desk',
      render: ({ createdAt }) => (
        <span className="text-ink-3" title={absolute(createdAt)}>
          {absolute(createdAt).slice(0, 10)}
        </span>
      ),
    },
    {
      id: 'actions',
      head: tt('admin.actions'),
      isHeadHidden: true,
      width: '28px',
      isNumber: true,
      render: (account) => (
        <AccountActions account={account} onOpen={(action) => setOpen({ account, action })} />
      ),
    },
  ];
  return (
    <>
      <Table
        label={label}
        columns={columns}
        rows={accounts}
        rowKey={({ id }) => id}
        isDimmed={({ disabledAt }) => disabledAt !== undefined}
        renderNote={(account) => (
          <span className="flex gap-2">
            <code className="truncate">{account.name}</code>
            <State of={account} />
          </span>
        )}
      />
      {open && (
        <AccountDialog
          key={`${open.account.id} ${open.action}`}
          account={open.account}
          action={open.action}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function State({ of }: { readonly of: AccountRow }) {
  if (of.disabledAt !== undefined) {
    return (
      <span title={absolute(of.disabledAt)}>
        <Status status="killed">{tt('users.disabled')}</Status>
      </span>
    );
  }
  if (of.kind === 'user' && of.lastSeenAt === undefined) {
    return <Status status="queued">{tt('users.invited')}</Status>;
  }
  return <Status status="finished">{tt('users.active')}</Status>;
}
