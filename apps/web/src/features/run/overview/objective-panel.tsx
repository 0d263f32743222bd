import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { fromMetricValue } from '#core/contract/numbers.ts';
import type { ObjectiveJson, ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import { HoverBus } from '#ui/charts/hover-bus.ts';
import { slotOf } from '#ui/charts/palette.ts';
import { Delta } from '#ui/kit/Delta.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { homeQuery } from '../../../api/queries.ts';
import { objectiveFor, objectiveValue } from '../../../api/run-values.ts';
import { DEFAULT_CHARTS } from '../../../parts/charts/chart-settings.ts';
import { MetricChart } from '../../../parts/charts/metric-chart.tsx';
import { Empty } from '../../../parts/placeholders.tsx';
import type { ShownRun } from '../../../parts/charts/shown-run.ts';
import { count, decimalsOf, fixed } from '../../../text/numbers.ts';
import { t } from '../../../text/translate.ts';

interface PanelProps {
  readonly run: RunJson;
  readonly project: ProjectSummaryJson | undefined;
  readonly segment: string;
}

/** The number that counts, large, beside its curve and that of the project's best run. */
export function ObjectivePanel({ run, project, segment }: PanelProps) {
  const declared = objectiveFor(run, project);
  // Without an objective the first metric stands here, and says that it is a stand-in.
  const first = run.metrics[0];
  const objective: ObjectiveJson | undefined =
    declared ?? (first && { metric: first.key, direction: 'min', aggregate: 'last', origin: 'inferred' });
  const { data: home } = useQuery(homeQuery);
  const winner = home?.best.find((each) => each.project === run.project);
  const best = winner && declared && winner.run.id !== run.id ? winner : undefined;
  const bus = useMemo(() => new HoverBus(), []);
  const lines = useMemo<ShownRun[]>(() => {
    const own: ShownRun = { run, ink: slotOf(run.number), dash: 0, rank: 'own', isMarked: true };
    if (!best) return [own];
    const isSameSlot = slotOf(best.run.number) === slotOf(run.number);
    return [{ run: best.run, ink: 'muted', dash: isSameSlot ? 1 : 0, rank: 'plain', isMarked: false }, own];
  }, [run, best]);
  const note = declared
    ? t(declared.origin === 'declared' ? 'run.declared' : 'run.inferred')
    : t('run.noObjective');
  return (
    <Section title={t('run.objective')} note={note}>
      <Panel className="overflow-hidden">
        {!objective ? (
          <Empty>{t('run.noMetrics')}</Empty>
        ) : (
          <div className="grid sm:grid-cols-[216px_minmax(0,1fr)]">
            <Hero
              run={run}
              objective={objective}
              isDeclared={declared !== undefined}
              best={best}
              segment={segment}
            />
            <div className="objective-chart min-w-0">
              <MetricChart
                metric={objective.metric}
                runs={lines}
                look={DEFAULT_CHARTS}
                bus={bus}
                height={284}
                better={declared?.direction}
                endLabels
              />
            </div>
          </div>
        )}
      </Panel>
    </Section>
  );
}

interface Winner {
  readonly run: RunJson;
  readonly value: Parameters<typeof fromMetricValue>[0];
}

function Hero({
  run,
  objective,
  isDeclared,
  best,
  segment,
}: {
  readonly run: RunJson;
  readonly objective: ObjectiveJson;
  readonly isDeclared: boolean;
  readonly best: Winner | undefined;
  readonly segment: string;
}) {
  const value = objectiveValue(run, objective);
  const metric = run.metrics.find(({ key }) => key === objective.metric);
  const at = metric?.[objective.aggregate];
  const last = metric && fromMetricValue(metric.last.value);
  const bestValue = best && fromMetricValue(best.value);
  const decimals = decimalsOf([bestValue ?? value ?? 0, value ?? 0]);
  const format = (number: number): string => fixed(number, decimals);
  return (
    <div className="min-w-0 px-4 py-3">
      <p className="flex items-center gap-1.5 text-12">
        {isDeclared && <span className="text-ink-3">{t(`objective.${objective.direction}`)}</span>}
        <span className="truncate font-mono" title={objective.metric}>
          {objective.metric}
        </span>
      </p>
      <p className="mt-1 mb-3 text-28 font-semibold tracking-[-0.01em]">
        {value === undefined ? <span className="text-ink-3">–</span> : format(value)}
      </p>
      <dl className="grid grid-cols-[1fr_auto] gap-y-1 text-12 text-ink-2 [&>dd]:text-right">
        {at && <Line word={t('run.atStep')}>{count(at.step)}</Line>}
        {last !== undefined && <Line word={t('run.last')}>{format(last)}</Line>}
        {best && bestValue !== undefined && (
          <>
            <Line
              word={
                <Link
                  to="/p/$project/runs/$number/{-$tab}"
                  params={{ project: segment, number: String(best.run.number) }}
                  className="text-accent hover:underline"
                >
                  {t('run.best', { number: String(best.run.number) })}
                </Link>
              }
            >
              {format(bestValue)}
            </Line>
            {value !== undefined && (
              <Line word={t('run.change')}>
                <Delta by={value - bestValue} format={format} better={objective.direction} />
              </Line>
            )}
          </>
        )}
        {isDeclared && !best && value !== undefined && <Line word={t('run.isBest')}>✓</Line>}
      </dl>
    </div>
  );
}

function Line({ word, children }: { readonly word: ReactNode; readonly children: ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </>
  );
}
