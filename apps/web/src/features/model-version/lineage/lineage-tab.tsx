import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Segmented } from '#ui/kit/Segmented.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import type { LineageJson, LineageNodeJson, VersionDetail } from '../../../api/registry.ts';
import { SkeletonRows } from '../../../parts/placeholders.tsx';
import { PHONE, useMedia } from '../../../parts/use-media.ts';
import { PageError } from '../../../shell/page-error.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { LineageGraph } from './lineage-graph.tsx';
import { useLineage } from './use-lineage.ts';
import { PageBody } from '../../../parts/page-body.tsx';

type View = 'graph' | 'list';

/** The whole graph, or the same as a list of what came from what. */
export function LineageTab({ version }: { readonly version: VersionDetail }) {
  const { graph, error, refetch, expand, isExpanding } = useLineage(version);
  const isNarrow = useMedia(PHONE);
  const [view, setView] = useState<View>(isNarrow ? 'list' : 'graph');
  return (
    <PageBody label={rt('version.tab.lineage')}>
      <Section
        title={rt('lineage.title')}
        note={graph && rt('lineage.counts', { count: graph.nodes.length })}
        end={
          <>
            <span role="status">{isExpanding && rt('lineage.expanding')}</span>
            <Segmented
              label={rt('lineage.view')}
              value={view}
              options={(['graph', 'list'] as const).map((value) => ({
                value,
                text: rt(`lineage.view.${value}`),
              }))}
              onChange={setView}
            />
          </>
        }
      >
        <Panel className="overflow-hidden">
          {error ? (
            <PageError error={error} onRetry={refetch} />
          ) : !graph ? (
            <SkeletonRows rows={6} height={44} />
          ) : view === 'graph' ? (
            <LineageGraph graph={graph} onExpand={expand} />
          ) : (
            <LineageList graph={graph} />
          )}
        </Panel>
      </Section>
    </PageBody>
  );
}

function LineageList({ graph }: { readonly graph: LineageJson }) {
  const byKey = new Map(graph.nodes.map((node) => [node.key, node]));
  const rows = graph.edges.flatMap((edge) => {
    const from = byKey.get(edge.from);
    const to = byKey.get(edge.to);
    return from && to ? [{ from, to, role: edge.role }] : [];
  });
  const columns: TableColumn<(typeof rows)[number]>[] = [
    {
      id: 'from',
      head: rt('lineage.list.from'),
      width: 'minmax(0,1fr)',
      render: ({ from }) => <Name node={from} />,
    },
    {
      id: 'role',
      head: rt('lineage.list.role'),
      width: '120px',
      render: ({ role }) => <span className="text-ink-2">{role}</span>,
    },
    { id: 'to', head: rt('lineage.list.to'), width: 'minmax(0,1fr)', render: ({ to }) => <Name node={to} /> },
  ];
  return (
    <Table
      label={rt('lineage.title')}
      columns={columns}
      rows={rows}
      rowKey={({ from, to, role }) => `${from.key} ${to.key} ${role}`}
      isDense
    />
  );
}

function Name({ node }: { readonly node: LineageNodeJson }) {
  if (node.kind === 'hidden') return <span className="text-ink-3">{rt('lineage.hidden')}</span>;
  const name = (
    <>
      {node.title} <span className="text-ink-3">{node.subtitle}</span>
    </>
  );
  return node.href === undefined ? (
    <span className="block truncate">{name}</span>
  ) : (
    <Link to={node.href} className="block truncate text-accent">
      {name}
    </Link>
  );
}
