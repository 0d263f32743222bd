import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { objectiveFor, objectiveValue, runDuration } from '../../../api/run-values.ts';
import { RunStatus } from '../../../parts/run-status.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { decimalsOf, fixed } from '../../../text/numbers.ts';
import { duration } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { childrenQuery } from '../queries.ts';

const COLUMNS =
  '[--cols:40px_minmax(0,1fr)_96px_84px_96px] max-sm:[--cols:32px_minmax(0,1fr)_84px] max-sm:[--cols-gap:8px]';

/** What a grid search or a nested script started below this run. */
export function ChildRuns({
  run,
  project,
  segment,
}: {
  readonly run: RunJson;
  readonly project: ProjectSummaryJson | undefined;
  readonly segment: string;
}) {
  const now = useNow(10_000);
  const { data } = useQuery(childrenQuery(run.project, run.id));
  if (!data || data.runs.length === 0) return null;
  const objective = objectiveFor(run, project);
  const values = data.runs.flatMap((child) => objectiveValue(child, objective) ?? []);
  const decimals = decimalsOf(values);
  return (
    <Section title={t('run.children')} note={data.total}>
      <Panel className="overflow-hidden">
        {data.runs.map((child) => {
          const value = objectiveValue(child, objective);
          return (
            <Link
              key={child.id}
              to="/p/$project/runs/$number/{-$tab}"
              params={{ project: segment, number: String(child.number) }}
              className={`tb-row ${COLUMNS}`}
            >
              <span className="num font-medium">{child.number}</span>
              <span className="truncate font-mono">{child.name}</span>
              <span className="max-sm:hidden">
                <RunStatus run={child} now={now} />
              </span>
              <span className="num font-semibold">{value === undefined ? '' : fixed(value, decimals)}</span>
              <span className="num text-ink-3 max-sm:hidden">{duration(runDuration(child, now))}</span>
            </Link>
          );
        })}
      </Panel>
    </Section>
  );
}
