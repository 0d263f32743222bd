import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import { VersionLink } from '../../../parts/registry/names.tsx';
import { PageError } from '../../../shell/page-error.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { LineageGraph } from './lineage-graph.tsx';
import { useLineage } from './use-lineage.ts';

/** The way from data to where it runs, on the summary. */
export function LineagePanel({
  version,
  height,
}: {
  readonly version: VersionDetail;
  readonly height: number;
}) {
  const { graph, error, refetch, expand } = useLineage(version);
  return (
    <Section
      title={rt('lineage.title')}
      note={graph && rt('lineage.counts', { count: graph.nodes.length })}
      end={
        <VersionLink model={version.model.name} number={version.number} tab="lineage" className="text-accent">
          {rt('lineage.whole')}
        </VersionLink>
      }
    >
      <Panel className="overflow-hidden" style={{ height }}>
        {error ? <PageError error={error} onRetry={refetch} /> : null}
        {!error && graph && <LineageGraph graph={graph} height={height - 2} onExpand={expand} />}
      </Panel>
    </Section>
  );
}
