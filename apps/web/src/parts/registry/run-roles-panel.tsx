import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { ArtifactDetail } from '../../api/artifacts.ts';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';
import { Empty } from '../placeholders.tsx';
import { RunLink } from './run-link.tsx';

/** The runs that made a version, or those that used it, with what it was to each. */
export function RunRolesPanel({
  title,
  none,
  runs,
  isMore,
}: {
  readonly title: string;
  /** What is said where there are none. */
  readonly none: string;
  readonly runs: ArtifactDetail['madeBy'];
  readonly isMore: boolean;
}) {
  return (
    <Section title={title} note={isMore ? dt('first', { count: runs.length }) : count(runs.length)}>
      <Panel className="overflow-hidden">
        {runs.length === 0 ? (
          <Empty>{none}</Empty>
        ) : (
          <ul className="max-h-80 overflow-y-auto">
            {runs.map((run) => (
              <li
                key={`${run.id} ${run.role}`}
                className="grid min-h-8 grid-cols-[minmax(0,200px)_minmax(0,1fr)_auto] items-center gap-3 border-t border-line px-3 text-12 first:border-t-0"
              >
                <RunLink run={run} />
                <span className="truncate text-ink-2">{run.name}</span>
                <span className="text-ink-3">{run.role}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </Section>
  );
}
