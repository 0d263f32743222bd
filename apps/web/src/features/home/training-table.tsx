import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ProjectSummaryJson } from '#core/contract/schemas.ts';
import { lastStep, quietSince, runDuration } from '../../api/run-values.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Empty } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { count } from '../../text/numbers.ts';
import { absolute, age, duration } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { contexts, type Home } from './home-data.ts';
import { FULL, HeadRow, MEDIUM, RunRow, WIDE } from './home-rows.tsx';

interface TableProps {
  readonly home: Home;
  readonly projects: readonly ProjectSummaryJson[];
}

/** Which models are being trained right now. */
export function TrainingTable({ home, projects }: TableProps) {
  const now = useNow(1000);
  const contextOf = useMemo(() => contexts(home, projects), [home, projects]);
  return (
    <Section
      title={t('home.training')}
      note={t('home.running', { count: home.training.length })}
      end={
        <Link to="/projects" className="text-accent">
          {t('home.allProjects')}
        </Link>
      }
    >
      <Panel>
        {home.training.length === 0 ? (
          <Empty>{t('home.nothingTraining')}</Empty>
        ) : (
          <HeadRow
            cells={[
              [t('home.run')],
              [t('home.objective')],
              [t('home.now'), 'num'],
              [t('home.bestValue'), 'num'],
              [t('home.change'), 'num'],
              [t('home.trend'), MEDIUM],
              [t('home.status')],
              [t('home.step'), `num ${WIDE}`],
              [t('home.for'), `num ${FULL}`],
              [t('home.owner'), FULL],
              [t('home.lastLog'), `num ${WIDE}`],
            ]}
          />
        )}
        {home.training.map((run) => {
          const step = lastStep(run);
          const isQuiet = quietSince(run, now) !== undefined;
          const last = (
            <span className={isQuiet ? 'text-lost' : ''} title={absolute(run.changedAt)}>
              {age(run.changedAt, now)}
            </span>
          );
          const lasted = duration(runDuration(run, now));
          return (
            <RunRow
              key={run.id}
              run={run}
              context={contextOf(run.project)}
              now={now}
              isTraining
              facts={[step === undefined ? '' : count(step), lasted, run.userId, last]}
              phone={
                <>
                  {step !== undefined && `${t('home.step')} ${count(step)}, `}
                  {lasted}
                </>
              }
            />
          );
        })}
      </Panel>
    </Section>
  );
}
