import { useQuery } from '@tanstack/react-query';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { datasetUseQuery, type DatasetUse } from '../../api/datasets.ts';
import { FigureDelta, Figure } from '../../parts/registry/figures.tsx';
import { NameChips, VersionLink } from '../../parts/registry/names.tsx';
import { RunRolesPanel } from '../../parts/registry/run-roles-panel.tsx';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { rt } from '../../text/registry/translate.ts';
import { count } from '../../text/numbers.ts';

type UsedBy = DatasetUse['versions'][number];

/** Which model versions and runs used this version of the data. */
export function UsePanel({ dataset, number }: { readonly dataset: string; readonly number: number }) {
  const use = useQuery(datasetUseQuery(dataset, number));
  if (use.error) return <PageError error={use.error} onRetry={() => void use.refetch()} />;
  if (!use.data) {
    return (
      <Panel>
        <SkeletonRows rows={4} height={34} />
      </Panel>
    );
  }
  const { runs, versions, isMore } = use.data;
  return (
    <>
      <Section title={dt('usedByModels')} note={count(versions.length)}>
        <Panel className="overflow-hidden">
          {versions.length === 0 ? (
            <Empty>{dt('noModels')}</Empty>
          ) : (
            <Table
              label={dt('usedByModels')}
              columns={VERSION_COLUMNS()}
              rows={versions}
              rowKey={({ modelName, version }) => `${modelName} ${version.number}`}
              isDense
            />
          )}
        </Panel>
      </Section>
      <RunRolesPanel title={dt('usedByRuns')} none={dt('noRuns')} runs={runs} isMore={isMore} />
    </>
  );
}

function VERSION_COLUMNS(): TableColumn<UsedBy>[] {
  return [
    {
      id: 'version',
      head: rt('version.version'),
      width: 'minmax(0,1fr)',
      render: ({ modelName, version }) => (
        <span className="flex min-w-0 items-center gap-2">
          <VersionLink model={modelName} number={version.number}>
            {`${modelName} v${version.number}`}
          </VersionLink>
          <NameChips version={version} />
        </span>
      ),
    },
    {
      id: 'dev',
      head: rt('fact.dev'),
      width: '72px',
      isNumber: true,
      render: ({ version }) => <Figure figure={version.dev} />,
    },
    {
      id: 'prod',
      head: rt('fact.prod'),
      width: '72px',
      isNumber: true,
      render: ({ version }) => <Figure figure={version.prod} />,
    },
    {
      id: 'change',
      head: dt('difference'),
      width: '88px',
      isNumber: true,
      from: 'tablet',
      render: ({ version }) => <FigureDelta row={version} />,
    },
  ];
}
