import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { artifactsQuery, type ArtifactRow } from '../../api/artifacts.ts';
import { PageError } from '../../shell/page-error.tsx';
import { useNow } from '../../parts/use-now.ts';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';

const TYPES = ['table', 'checkpoint'] as const;

/** Tables and checkpoints that runs made; nothing as long as none did. */
export function MadePanel() {
  const now = useNow(60_000);
  const [tables, checkpoints] = useQueries({ queries: TYPES.map((type) => artifactsQuery(type)) });
  const failed = [tables, checkpoints].find((query) => query?.error);
  if (failed?.error) return <PageError error={failed.error} onRetry={() => void failed.refetch()} />;
  const rows = [...(tables?.data ?? []), ...(checkpoints?.data ?? [])];
  if (rows.length === 0) return null;
  return (
    <Section title={dt('made')} note={count(rows.length)} className="mt-5">
      <Panel className="overflow-hidden">
        <Table
          label={dt('made')}
          columns={columns(now)}
          rows={rows.toSorted((a, b) => b.latest.createdAt - a.latest.createdAt)}
          rowKey={({ latest }) => `${latest.type} ${latest.name}`}
          renderNote={({ versions }) => dt('versions', { count: versions })}
        />
      </Panel>
    </Section>
  );
}

function columns(now: number): TableColumn<ArtifactRow>[] {
  return [
    {
      id: 'name',
      head: dt('artifact'),
      width: 'minmax(0,1.4fr)',
      render: ({ latest: { name, number, type } }) => (
        <span className="flex min-w-0 items-baseline gap-2 text-13 font-semibold">
          <Link
            to="/artifacts/$type/$artifact/v/$number"
            params={{ type, artifact: name, number: String(number) }}
            className="truncate rounded-control hover:underline"
          >
            {name}
          </Link>
          <span className="text-accent">{`v${number}`}</span>
        </span>
      ),
    },
    {
      id: 'type',
      head: dt('type'),
      width: '112px',
      render: ({ latest: { type } }) => dt(type === 'checkpoint' ? 'type.checkpoint' : 'type.table'),
    },
    {
      id: 'versions',
      head: dt('versionsHead'),
      width: '80px',
      isNumber: true,
      from: 'tablet',
      render: ({ versions }) => count(versions),
    },
    {
      id: 'digest',
      head: dt('digest'),
      width: 'minmax(96px,1fr)',
      from: 'tablet',
      render: ({ latest: { digest } }) => <code className="block truncate text-ink-2">{digest}</code>,
    },
    {
      id: 'newest',
      head: dt('newest'),
      width: '88px',
      from: 'desk',
      render: ({ latest: { createdAt } }) => (
        <span className="text-ink-3" title={absolute(createdAt)}>
          {t('time.ago', { age: age(createdAt, now) })}
        </span>
      ),
    },
  ];
}
