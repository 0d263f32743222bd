import { useQuery } from '@tanstack/react-query';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Select } from '#ui/kit/Select.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { evaluationsQuery, type FigureJson, type VersionDetail } from '../../../api/registry.ts';
import { Empty, SkeletonRows } from '../../../parts/placeholders.tsx';
import { datasetName, Figure } from '../../../parts/registry/figures.tsx';
import { PageError } from '../../../shell/page-error.tsx';
import { count, decimalsOf } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { absolute } from '../../../text/times.ts';
import { versionRoute } from '../route.ts';
import { measuredMetrics } from './performance-data.ts';
import { PerformancePanel } from './performance-panel.tsx';
import { PageBody } from '../../../parts/page-body.tsx';

const HEIGHT = 320;
const SHOWN = 200;

/** One metric over time, and every figure that was recorded of the version. */
export function PerformanceTab({ version }: { readonly version: VersionDetail }) {
  const search = versionRoute.useSearch();
  const navigate = versionRoute.useNavigate();
  const metrics = measuredMetrics(version);
  const metric = search.metric ?? metrics[0];
  const all = useQuery(evaluationsQuery(version.model.name, version.number));
  const figures = all.data ?? version.evaluations;
  const shown = figures.filter((figure) => metric === undefined || figure.metric === metric).slice(0, SHOWN);
  const decimals = decimalsOf(shown.map(({ value }) => value));
  return (
    <PageBody label={rt('version.tab.performance')} isStack>
      {metrics.length > 1 && metric !== undefined && (
        <Select
          label={rt('metrics.metric')}
          className="w-56 shrink-0"
          value={metric}
          options={[...new Set([metric, ...metrics])].map((value) => ({ value, text: value }))}
          onChange={(value) =>
            void navigate({ search: { metric: value === metrics[0] ? undefined : value }, replace: true })
          }
        />
      )}
      <PerformancePanel version={version} metric={metric} height={HEIGHT} isWhole />
      <Section title={rt('evaluations.title')} note={count(shown.length)}>
        <Panel className="overflow-hidden">
          {all.error ? (
            <PageError error={all.error} onRetry={() => void all.refetch()} />
          ) : all.isPending ? (
            <SkeletonRows rows={4} height={28} />
          ) : shown.length === 0 ? (
            <Empty>{rt('evaluations.none')}</Empty>
          ) : (
            <Table
              label={rt('evaluations.title')}
              columns={columns(decimals)}
              rows={shown}
              rowKey={(figure) => `${figure.at} ${figure.environment} ${figure.from} ${figure.value}`}
              isDense
              renderNote={(figure) => `${figure.environment}, ${absolute(figure.at)}`}
            />
          )}
        </Panel>
        {figures.length > SHOWN && shown.length === SHOWN && (
          <Empty>{rt('evaluations.newest', { count: SHOWN })}</Empty>
        )}
      </Section>
    </PageBody>
  );
}

function columns(decimals: number): TableColumn<FigureJson>[] {
  return [
    {
      id: 'metric',
      head: rt('metrics.metric'),
      width: 'minmax(0,1fr)',
      render: ({ metric }) => <span className="font-mono">{metric}</span>,
    },
    {
      id: 'value',
      head: rt('evaluations.value'),
      width: '96px',
      isNumber: true,
      render: (figure) => (
        <b className="font-semibold">
          <Figure figure={figure} decimals={decimals} />
        </b>
      ),
    },
    {
      id: 'environment',
      head: rt('evaluations.environment'),
      width: '128px',
      from: 'tablet',
      render: ({ environment }) => environment,
    },
    {
      id: 'dataset',
      head: rt('fact.data'),
      width: 'minmax(0,1fr)',
      from: 'tablet',
      render: ({ dataset }) => dataset && <span className="font-mono">{datasetName(dataset)}</span>,
    },
    {
      id: 'samples',
      head: rt('evaluations.samples'),
      width: '96px',
      isNumber: true,
      from: 'desk',
      render: ({ samples }) => samples !== undefined && count(samples),
    },
    {
      id: 'from',
      head: rt('evaluations.from'),
      width: '160px',
      from: 'desk',
      render: ({ from }) => <span className="text-ink-2">{rt(`evaluations.by.${from}`)}</span>,
    },
    {
      id: 'at',
      head: rt('log.when'),
      width: '140px',
      isNumber: true,
      from: 'tablet',
      render: ({ at }) => <span title={new Date(at).toISOString()}>{absolute(at)}</span>,
    },
  ];
}
