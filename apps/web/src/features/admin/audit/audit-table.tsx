import { useQuery } from '@tanstack/react-query';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import type { AuditEntryJson } from '../../../api/identity.ts';
import { allProjectsQuery } from '../../../api/workspaces.ts';
import { actionWord, tt } from '../../../text/team/translate.ts';
import { absolute } from '../../../text/times.ts';
import { useNames } from '../names.ts';

export function AuditTable({ entries }: { readonly entries: readonly AuditEntryJson[] }) {
  const { accountName, teamName } = useNames();
  const { data: projects = [] } = useQuery(allProjectsQuery);
  const actorName = ({ actor }: AuditEntryJson): string => accountName(actor.id);
  /** `account u-…` as people know it; runs and keys keep their ids. */
  const named = (text: string): string =>
    text
      .replace(/\bu-[0-9a-f]{16}\b/g, accountName)
      .replace(/\bt-[0-9a-f]{16}\b/g, teamName)
      .replace(
        /^project (\S+)$/,
        (whole, id: string) => projects.find((each) => each.id === id)?.name ?? whole,
      );
  const details = ({ details: of }: AuditEntryJson) =>
    Object.entries(of).map(([key, value]) => (
      <span key={key} className="mr-3 whitespace-nowrap">
        <span className="text-ink-3">{key}</span> {named(value)}
      </span>
    ));
  const columns: TableColumn<AuditEntryJson>[] = [
    {
      id: 'number',
      head: tt('audit.number'),
      width: '48px',
      isNumber: true,
      from: 'desk',
      render: ({ number, hash }) => (
        <span className="text-ink-3" title={hash}>
          {number}
        </span>
      ),
    },
    {
      id: 'what',
      head: tt('audit.what'),
      width: 'minmax(152px,0.7fr)',
      render: (entry) => (
        <span className="block truncate text-13 font-medium" title={entry.action}>
          {actionWord(entry.action)}
        </span>
      ),
    },
    {
      id: 'who',
      head: tt('audit.who'),
      width: '128px',
      from: 'tablet',
      render: (entry) => (
        <span className="block truncate" title={entry.actor.id}>
          {actorName(entry)}
        </span>
      ),
    },
    {
      id: 'subject',
      head: tt('audit.subject'),
      width: 'minmax(0,1fr)',
      from: 'tablet',
      render: ({ subject }) => (
        <span className="block truncate text-ink-2" title={subject}>
          {named(subject)}
        </span>
      ),
    },
    {
      id: 'details',
      head: tt('audit.details'),
      width: 'minmax(0,1.6fr)',
      from: 'desk',
      render: (entry) => (
        <span className="block truncate" title={JSON.stringify(entry.details)}>
          {details(entry)}
        </span>
      ),
    },
    {
      id: 'address',
      head: tt('audit.address'),
      width: '104px',
      from: 'desk',
      render: ({ address = '' }) => <code className="text-ink-3">{address}</code>,
    },
    {
      id: 'when',
      head: tt('audit.when'),
      width: '132px',
      isNumber: true,
      render: ({ at }) => (
        <span className="text-ink-2 max-sm:text-11" title={new Date(at).toISOString()}>
          {absolute(at)}
        </span>
      ),
    },
  ];
  return (
    <Table
      label={tt('admin.audit')}
      columns={columns}
      rows={entries}
      isDense
      rowKey={({ number }) => String(number)}
      renderNote={(entry) => (
        <span className="block truncate">
          {actorName(entry)}: {named(entry.subject)}
        </span>
      )}
    />
  );
}
