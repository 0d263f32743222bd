import { useMemo } from 'react';
import type { ProjectSummaryJson } from '#core/contract/schemas.ts';
import { lastStep, runDuration } from '../../api/run-values.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { useNow } from '../../parts/use-now.ts';
import { count } from '../../text/numbers.ts';
import { absolute, age, duration } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { contexts, type Home } from './home-data.ts';
import { FULL, HeadRow, MEDIUM, RunRow, WIDE } from './home-rows.tsx';

const SHOWN = 12;

/** What ran last and is not running any more. */
export function RecentTable({
  home,
  projects,
}: {
  readonly home: Home;
  readonly projects: readonly ProjectSummaryJson[];
}) {
  const now = useNow(10_000);
  const contextOf = useMemo(() => contexts(home, projects), [home, projects]);
  const training = new Set(home.training.map(({ id }) => id));
  const runs = home.recent.filter(({ id }) => !training.has(id)).slice(0, SHOWN);
  if (runs.length === 0) return null;
  return (
    <Section title={t('home.recent')} note={runs.length}>
      <Panel>
        <HeadRow
          cells={[
            [t('home.run')],
            [t('home.objective')],
            [t('home.result'), 'num'],
            [t('home.bestValue'), 'num'],
            [t('home.change'), 'num'],
            [t('home.trend'), MEDIUM],
            [t('home.status')],
            [t('home.step'), `num ${WIDE}`],
            [t('home.took'), `num ${FULL}`],
            [t('home.owner'), FULL],
            [t('home.started'), `num ${WIDE}`],
          ]}
        />
        {runs.map((run) => {
          const step = lastStep(run);
          const lasted = duration(runDuration(run, now));
          const started = t('time.ago', { age: age(run.startedAt, now) });
          return (
            <RunRow
              key={run.id}
              run={run}
              context={contextOf(run.project)}
              now={now}
              isTraining={false}
              facts={[
                step === undefined ? '' : count(step),
                lasted,
                run.userId,
                <span key="started" title={absolute(run.startedAt)}>
                  {started}
                </span>,
              ]}
              phone={`${lasted}, ${started}`}
            />
          );
        })}
      </Panel>
    </Section>
  );
}
