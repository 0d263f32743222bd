import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { server } from '../../../api/server.ts';
import { addressIn } from '../../../api/workspace.ts';
import { workspacesQuery, type WorkspaceJson } from '../../../api/workspaces.ts';
import { ConfirmDialog } from '../../../parts/forms/confirm-dialog.tsx';
import { count } from '../../../text/numbers.ts';
import { tt } from '../../../text/team/translate.ts';
import { RowsPanel } from '../part-state.tsx';
import { WorkspaceDialog } from './workspace-dialog.tsx';

/** All workspaces: what they are called, where they are, who may what in them. */
export function WorkspacesPart() {
  const client = useQueryClient();
  const workspaces = useQuery(workspacesQuery);
  const [open, setOpen] = useState<'new' | WorkspaceJson>();
  const [doomed, setDoomed] = useState<WorkspaceJson>();
  const columns: TableColumn<WorkspaceJson>[] = [
    {
      id: 'name',
      head: tt('workspaces.name'),
      width: 'minmax(0,1fr)',
      render: ({ id, name }) => (
        <a
          href={addressIn(id)}
          title={name}
          className="block truncate text-13 font-medium text-ink hover:underline"
        >
          {name}
        </a>
      ),
    },
    {
      id: 'address',
      head: tt('workspaces.address'),
      width: 'minmax(0,1fr)',
      from: 'tablet',
      render: ({ id }) => <code className="block truncate text-ink-2">{addressIn(id)}</code>,
    },
    {
      id: 'description',
      head: tt('workspaces.description'),
      width: 'minmax(0,2fr)',
      from: 'desk',
      render: ({ description }) => (
        <span className="block truncate text-ink-2" title={description}>
          {description}
        </span>
      ),
    },
    {
      id: 'projects',
      head: tt('workspaces.projects'),
      width: '72px',
      isNumber: true,
      from: 'tablet',
      render: ({ projects }) => count(projects),
    },
    {
      id: 'actions',
      head: tt('admin.actions'),
      isHeadHidden: true,
      width: '136px',
      isNumber: true,
      render: (workspace) => (
        <span className="flex justify-end gap-2">
          <Button asChild>
            <a
              href={addressIn(workspace.id, '/access')}
              aria-label={tt('workspaces.openRoles', { name: workspace.name })}
            >
              {tt('workspaces.roles')}
            </a>
          </Button>
          <Button
            aria-label={`${tt('workspaces.edit')}: ${workspace.name}`}
            onClick={() => setOpen(workspace)}
          >
            {tt('workspaces.edit')}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Section
      title={tt('admin.workspaces')}
      note={workspaces.data?.length}
      end={
        <Button look="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setOpen('new')}>
          {tt('workspaces.create')}
        </Button>
      }
    >
      <RowsPanel
        queries={[workspaces]}
        isEmpty={workspaces.data?.length === 0}
        emptyText={tt('workspaces.none')}
      >
        <Table
          label={tt('admin.workspaces')}
          columns={columns}
          rows={workspaces.data ?? []}
          rowKey={({ id }) => id}
          renderNote={({ id }) => <code>{addressIn(id)}</code>}
        />
      </RowsPanel>
      {open && (
        <WorkspaceDialog
          {...(open !== 'new' && { workspace: open, onDelete: () => setDoomed(open) })}
          onClose={() => setOpen(undefined)}
        />
      )}
      {doomed && (
        <ConfirmDialog
          title={tt('workspaces.deleteTitle', { name: doomed.name })}
          text={tt('workspaces.deleteText')}
          action={tt('workspaces.delete')}
          onConfirm={async () => {
            await server.deleteWorkspace({ params: { workspace: doomed.id } });
            await Promise.all([
              client.invalidateQueries({ queryKey: ['workspaces'] }),
              client.invalidateQueries({ queryKey: ['roles'] }),
            ]);
          }}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </Section>
  );
}
