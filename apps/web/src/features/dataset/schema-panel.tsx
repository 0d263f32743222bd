import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import type { DatasetVersion } from '../../api/datasets.ts';
import { Empty } from '../../parts/placeholders.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { compareColumns, type ColumnChange } from './compare-columns.ts';

/** The columns, and how they differ from the version before. */
export function SchemaPanel({
  version,
  previous,
}: {
  readonly version: DatasetVersion;
  readonly previous: DatasetVersion | undefined;
}) {
  const isDescribed = version.columns.length > 0;
  const changes = isDescribed ? compareColumns(version.columns, previous?.columns) : [];
  const changed = changes.filter(({ change }) => change !== 'same').length;
  const note =
    isDescribed && previous ? dt('changes', { count: changed, version: `v${previous.number}` }) : undefined;
  return (
    <Section
      title={dt('schema')}
      note={
        isDescribed && [dt('columnsOf', { count: version.columns.length }), note].filter(Boolean).join(', ')
      }
    >
      <Panel className="overflow-hidden">
        {changes.length === 0 ? (
          <Empty>
            {version.schema === undefined
              ? dt(version.manifest === undefined ? 'noSchema' : 'sealedNoSchema')
              : dt('oddSchema')}
          </Empty>
        ) : (
          <Table
            label={dt('schema')}
            columns={columns(previous)}
            rows={changes}
            rowKey={({ column, change }) => `${change} ${column.name}`}
            isDense
            isDimmed={({ change }) => change === 'removed'}
          />
        )}
      </Panel>
    </Section>
  );
}

function columns(previous: DatasetVersion | undefined): TableColumn<ColumnChange>[] {
  return [
    {
      id: 'name',
      head: dt('column'),
      width: 'minmax(0,1fr)',
      render: ({ column }) => <code className="block truncate text-12">{column.name}</code>,
    },
    {
      id: 'type',
      head: dt('type'),
      width: 'minmax(0,0.6fr)',
      render: ({ column }) => <code className="block truncate text-12 text-ink-2">{column.type}</code>,
    },
    {
      id: 'required',
      head: dt('required'),
      width: '88px',
      from: 'tablet',
      render: ({ column }) =>
        column.isRequired ? dt('yes') : <span className="text-ink-3">{dt('no')}</span>,
    },
    {
      id: 'change',
      head: previous ? dt('against', { version: `v${previous.number}` }) : '',
      width: 'minmax(0,0.6fr)',
      render: ({ change, before }) => (
        <span className={`block truncate ${change === 'same' ? 'text-ink-3' : 'text-warning'}`}>
          {change === 'same' ? '' : dt(`change.${change}`, { type: before?.type ?? '' })}
        </span>
      ),
    },
  ];
}
