import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { fromMetricValue } from '#core/contract/numbers.ts';
import type { ProjectSummaryJson } from '#core/contract/schemas.ts';
import { ObjectiveChip } from '../../parts/objective-chip.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { useNow } from '../../parts/use-now.ts';
import { projectSegment } from '../../shell/address/addresses.ts';
import { count, fixed } from '../../text/numbers.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { contexts, type Home } from './home-data.ts';

const COLUMNS =
  '[--cols:212px_136px_80px_80px_80px_minmax(0,1fr)] max-[101.25rem]:[--cols-gap:12px] max-[101.25rem]:[--cols:minmax(120px,1fr)_128px_72px_72px_80px_minmax(216px,384px)] max-xl:[--cols:minmax(120px,1fr)_128px_72px_72px_80px_216px] max-lg:[--cols:minmax(120px,1fr)_116px_72px_72px_76px]';
const SHOWN_PARAMS = 6;

/** Which hyperparameters gave each project its best number. */
export function BestTable({
  home,
  projects,
}: {
  readonly home: Home;
  readonly projects: readonly ProjectSummaryJson[];
}) {
  const now = useNow(30_000);
  const contextOf = useMemo(() => contexts(home, projects), [home, projects]);
  if (home.best.length === 0) return null;
  return (
    <Section title={t('home.best')} note={home.best.length}>
      <Panel>
        <div className={`tb-row tb-head max-sm:!hidden ${COLUMNS}`}>
          <span>{t('home.projectRun')}</span>
          <span>{t('home.objective')}</span>
          <span className="num">{t('home.bestValue')}</span>
          <span className="num">{t('home.runs')}</span>
          <span className="num">{t('home.reached')}</span>
          <span className="max-lg:hidden">{t('home.because')}</span>
        </div>
        {home.best.map(({ project, objective, run, value, params }) => {
          const context = contextOf(project);
          const shown = fixed(fromMetricValue(value), context.decimals);
          const runs = context.runs ?? 0;
          const reached = t('time.ago', { age: age(run.endedAt ?? run.changedAt, now) });
          const name = (
            <span className="flex min-w-0 items-baseline gap-2">
              <Link
                to="/p/$project/runs"
                params={{ project: projectSegment(context) }}
                className="truncate text-14 font-semibold hover:underline"
              >
                {context.name}
              </Link>
              <Link
                to="/p/$project/runs/$number/{-$tab}"
                params={{ project: projectSegment(context), number: String(run.number) }}
                className="text-14 font-semibold text-accent hover:underline"
              >
                {run.number}
              </Link>
            </span>
          );
          return (
            <div
              key={project}
              className={`tb-row can-hover min-h-14! max-sm:flex! max-sm:flex-wrap max-sm:gap-x-3 max-sm:gap-y-2 max-sm:py-2 ${COLUMNS}`}
            >
              <span className="flex flex-col gap-0.5">
                {name}
                <span className="truncate text-ink-3">{t('home.outOf', { count: runs })}</span>
              </span>
              <ObjectiveChip objective={objective} />
              <span className="num text-16 font-semibold max-sm:ml-auto">{shown}</span>
              <span className="num text-13 text-ink-2 max-sm:hidden">{count(runs)}</span>
              <span className="num text-ink-3 max-sm:hidden" title={absolute(run.endedAt ?? run.changedAt)}>
                {reached}
              </span>
              <span className="flex h-9 flex-wrap gap-x-6 overflow-hidden max-xl:gap-x-4 max-lg:col-span-full max-lg:mb-2 max-sm:mb-0 max-sm:w-full">
                {params.length === 0 && <span className="text-ink-3">{t('home.noParams')}</span>}
                {params.slice(0, SHOWN_PARAMS).map(({ key, text }) => (
                  <span key={key} className="flex max-w-40 flex-col" title={`${key}: ${text}`}>
                    <span className="truncate font-mono text-ink-3">{key}</span>
                    <span className="truncate text-13 font-medium">{text}</span>
                  </span>
                ))}
              </span>
            </div>
          );
        })}
      </Panel>
    </Section>
  );
}
