import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CodeBlock } from '#ui/kit/CodeBlock.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { datasetsQuery, type DatasetRow } from '../../api/datasets.ts';
import { MadePanel } from './made-panel.tsx';
import { VersionLink } from '../../parts/registry/names.tsx';
import { SkeletonRows } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';

/** Every dataset that a run has named or made: its versions, who used it, what runs on it; then the tables and checkpoints. */
export function DatasetsPage() {
  useTitle(dt('title'));
  const datasets = useQuery(datasetsQuery);
  const now = useNow(60_000);
  const rows = datasets.data;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-(--gutter) max-sm:p-3">
      <Crumbs>
        <b className="font-semibold">{dt('title')}</b>
      </Crumbs>
      {datasets.error ? (
        <PageError error={datasets.error} onRetry={() => void datasets.refetch()} />
      ) : rows?.length === 0 ? (
        <FirstDataset />
      ) : (
        <Section title={dt('datasets')} note={rows && count(rows.length)}>
          <Panel className="overflow-hidden">
            {rows ? (
              <Table
                label={dt('datasets')}
                columns={columns(now)}
                rows={rows}
                rowKey={({ name }) => name}
                renderNote={({ versions, runs }) =>
                  `${dt('versions', { count: versions })}, ${dt('runs', { count: runs })}`
                }
              />
            ) : (
              <SkeletonRows rows={8} height={40} />
            )}
          </Panel>
        </Section>
      )}
      <MadePanel />
    </div>
  );
}

function columns(now: number): TableColumn<DatasetRow>[] {
  return [
    {
      id: 'name',
      head: dt('name'),
      width: 'minmax(0,1.4fr)',
      render: ({ name, latest }) => (
        <span className="flex min-w-0 items-baseline gap-2 text-13 font-semibold">
          <Link
            to="/d/$dataset/v/$number"
            params={{ dataset: name, number: String(latest.number) }}
            className="truncate rounded-control hover:underline"
          >
            {name}
          </Link>
          <span className="text-accent">{`v${latest.number}`}</span>
        </span>
      ),
    },
    {
      id: 'rows',
      head: dt('rows'),
      width: '104px',
      isNumber: true,
      from: 'tablet',
      render: ({ rows }) => (rows === undefined ? '' : count(rows)),
    },
    {
      id: 'columns',
      head: dt('columns'),
      width: '80px',
      isNumber: true,
      from: 'desk',
      render: (row) => (row.columns === undefined ? '' : count(row.columns)),
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
      id: 'runs',
      head: t('home.runs'),
      width: '80px',
      isNumber: true,
      from: 'tablet',
      render: ({ runs }) => count(runs),
    },
    {
      id: 'production',
      head: dt('inProduction'),
      width: 'minmax(96px,1fr)',
      render: ({ inProduction }) => (
        <span className="flex min-w-0 flex-wrap gap-x-2">
          {inProduction.map(({ modelName, version }) => (
            <VersionLink key={modelName} model={modelName} number={version}>
              {`${modelName} v${version}`}
            </VersionLink>
          ))}
        </span>
      ),
    },
    {
      id: 'source',
      head: dt('source'),
      width: '96px',
      from: 'desk',
      render: ({ sourceType }) => <span className="text-ink-2">{sourceType}</span>,
    },
    {
      id: 'seen',
      head: dt('firstSeen'),
      width: '88px',
      from: 'desk',
      render: ({ latest }) => (
        <span className="text-ink-3" title={absolute(latest.createdAt)}>
          {t('time.ago', { age: age(latest.createdAt, now) })}
        </span>
      ),
    },
  ];
}

const LINES = `import mlflow, pandas

data = mlflow.data.from_pandas(pandas.read_csv("sales.csv"), source="sales.csv", name="sales")
with mlflow.start_run():
    mlflow.log_input(data, context="training")`;

function FirstDataset() {
  return (
    <div className="max-w-2xl pt-6 max-sm:pt-2">
      <h1 className="text-20 font-semibold">{dt('noneTitle')}</h1>
      <p className="mt-1 mb-4 text-14 text-ink-2">{dt('noneText')}</p>
      <CodeBlock
        title="MLflow"
        note="Python"
        code={LINES}
        copyText={t('action.copy')}
        copiedText={t('action.copied')}
      >
        {LINES}
      </CodeBlock>
    </div>
  );
}
