import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { ArtifactDetail } from '../../api/artifacts.ts';
import { Empty } from '../../parts/placeholders.tsx';
import { RunRoles } from '../../parts/registry/run-roles.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';

/** The runs that made a version, or those that used it. */
export function RunsPanel({
  title,
  none,
  runs,
  isMore,
}: {
  readonly title: string;
  readonly none: string;
  readonly runs: ArtifactDetail['madeBy'];
  readonly isMore: boolean;
}) {
  return (
    <Section title={title} note={isMore ? dt('first', { count: runs.length }) : count(runs.length)}>
      <Panel className="overflow-hidden">
        {runs.length === 0 ? <Empty>{none}</Empty> : <RunRoles runs={runs} />}
      </Panel>
    </Section>
  );
}
