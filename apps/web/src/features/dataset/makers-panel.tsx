import { useQuery } from '@tanstack/react-query';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { artifactVersionQuery } from '../../api/artifacts.ts';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { RunRoles } from '../../parts/registry/run-roles.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';

/** The runs from whose files this version was sealed. */
export function MakersPanel({ dataset, number }: { readonly dataset: string; readonly number: number }) {
  const { data, error, refetch } = useQuery(artifactVersionQuery({ type: 'dataset', name: dataset }, number));
  if (error) return <PageError error={error} onRetry={() => void refetch()} />;
  return (
    <Section title={dt('madeBy')} note={data && count(data.madeBy.length)}>
      <Panel className="overflow-hidden">
        {!data ? (
          <SkeletonRows rows={1} height={32} />
        ) : data.madeBy.length === 0 ? (
          <Empty>{dt('noMakers')}</Empty>
        ) : (
          <RunRoles runs={data.madeBy} />
        )}
      </Panel>
    </Section>
  );
}
