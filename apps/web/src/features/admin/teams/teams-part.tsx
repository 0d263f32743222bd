import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { accountsQuery, rolesQuery, teamsQuery, type TeamJson } from '../../../api/identity.ts';
import { allProjectsQuery } from '../../../api/workspaces.ts';
import { server } from '../../../api/server.ts';
import { ConfirmDialog } from '../../../parts/forms/confirm-dialog.tsx';
import { placeName } from '../../../parts/roles/places.ts';
import { tt } from '../../../text/team/translate.ts';
import { useNames } from '../names.ts';
import { RowsPanel } from '../part-state.tsx';
import { TeamDialog } from './team-dialog.tsx';

/** Groups of accounts that hold roles together. */
export function TeamsPart() {
  const client = useQueryClient();
  const teams = useQuery(teamsQuery);
  const accounts = useQuery(accountsQuery);
  const roles = useQuery(rolesQuery());
  const { data: projects = [] } = useQuery(allProjectsQuery);
  const { accountName } = useNames();
  const [open, setOpen] = useState<'new' | TeamJson>();
  const [doomed, setDoomed] = useState<TeamJson>();
  const rolesOf = ({ id }: TeamJson) =>
    (roles.data ?? []).filter(({ holder }) => holder.kind === 'team' && holder.id === id);
  const roleTexts = (team: TeamJson): string =>
    rolesOf(team)
      .map(({ place, role }) => `${placeName(place, projects)}: ${tt(`role.${role}`)}`)
      .join(', ');
  const columns: TableColumn<TeamJson>[] = [
    {
      id: 'name',
      head: tt('teams.name'),
      width: 'minmax(0,1fr)',
      render: ({ name }) => <span className="block truncate text-13 font-medium">{name}</span>,
    },
    {
      id: 'members',
      head: tt('teams.members'),
      width: 'minmax(0,2fr)',
      from: 'tablet',
      render: ({ members }) => {
        const names = members.map(accountName).toSorted((a, b) => a.localeCompare(b));
        return (
          <span className="flex min-w-0 gap-2" title={names.join('\n')}>
            <span className="w-6 shrink-0 text-right">{members.length}</span>
            <span className="truncate text-ink-3">{names.join(', ') || tt('teams.noMembers')}</span>
          </span>
        );
      },
    },
    {
      id: 'roles',
      head: tt('teams.roles'),
      width: 'minmax(0,2fr)',
      from: 'tablet',
      render: (team) => (
        <span className="block truncate text-ink-2" title={roleTexts(team)}>
          {roleTexts(team) || <span className="text-ink-3">{tt('role.none')}</span>}
        </span>
      ),
    },
    {
      id: 'actions',
      head: tt('admin.actions'),
      isHeadHidden: true,
      width: '76px',
      isNumber: true,
      render: (team) => (
        <Button aria-label={`${tt('teams.edit')}: ${team.name}`} onClick={() => setOpen(team)}>
          {tt('teams.edit')}
        </Button>
      ),
    },
  ];
  return (
    <Section
      title={tt('admin.teams')}
      note={teams.data?.length || undefined}
      end={
        <Button look="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setOpen('new')}>
          {tt('teams.create')}
        </Button>
      }
    >
      <RowsPanel queries={[teams, accounts]} isEmpty={teams.data?.length === 0} emptyText={tt('teams.none')}>
        <Table
          label={tt('admin.teams')}
          columns={columns}
          rows={(teams.data ?? []).toSorted((a, b) => a.name.localeCompare(b.name))}
          rowKey={({ id }) => id}
          renderNote={(team) => (
            <>
              {tt('teams.count', { count: team.members.length })}
              {roleTexts(team) !== '' && ` · ${roleTexts(team)}`}
            </>
          )}
        />
      </RowsPanel>
      {open && (
        <TeamDialog
          {...(open !== 'new' && { team: open, onDelete: () => setDoomed(open) })}
          accounts={accounts.data ?? []}
          onClose={() => setOpen(undefined)}
        />
      )}
      {doomed && (
        <ConfirmDialog
          title={tt('teams.deleteTitle', { name: doomed.name })}
          text={tt('teams.deleteText', { count: rolesOf(doomed).length })}
          action={tt('teams.delete')}
          onConfirm={async () => {
            await server.deleteTeam({ params: { team: doomed.id } });
            await Promise.all([
              client.invalidateQueries({ queryKey: ['teams'] }),
              client.invalidateQueries({ queryKey: ['roles'] }),
            ]);
          }}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </Section>
  );
}
