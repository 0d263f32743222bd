import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { fromMetricValue } from '#core/contract/numbers.ts';
import type { MetricJson, ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import { slotOf } from '#ui/charts/palette.ts';
import { Status } from '#ui/kit/Status.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { objectiveFor } from '../../../api/run-values.ts';
import { groupMetrics } from '../../../parts/charts/metric-groups.ts';
import { MetricName } from '../../../parts/metric-name.tsx';
import { Empty } from '../../../parts/placeholders.tsx';
import { Trend } from '../../../parts/trend.tsx';
import { count, decimalsOf, fixed } from '../../../text/numbers.ts';
import { t } from '../../../text/translate.ts';

const COLUMNS =
  '[--cols:188px_minmax(0,1fr)_84px_84px_84px_72px] max-lg:[--cols:minmax(120px,188px)_minmax(60px,1fr)_76px_76px_76px] max-sm:[--cols:minmax(0,1fr)_76px_76px_76px] max-sm:[--cols-gap:8px]';
const SHOWN = 12;

/** Last, min and max of what was logged; the objective first, the machine last. */
export function MetricsTable({
  run,
  project,
}: {
  readonly run: RunJson;
  readonly project: ProjectSummaryJson | undefined;
}) {
  const [isAll, setAll] = useState(false);
  const objective = objectiveFor(run, project);
  const ordered = useMemo(() => {
    const byKey = new Map(run.metrics.map((metric) => [metric.key, metric]));
    const names = groupMetrics([...byKey.keys()]).flatMap((group) => group.metrics);
    const first = names.filter((name) => name === objective?.metric);
    return [...first, ...names.filter((name) => name !== objective?.metric)].flatMap(
      (key) => byKey.get(key) ?? [],
    );
  }, [run.metrics, objective?.metric]);
  const shown = isAll ? ordered : ordered.slice(0, SHOWN);
  return (
    <Section
      title={t('run.metrics')}
      note={
        ordered.length > SHOWN
          ? t('board.runsOf', { count: count(shown.length), total: count(ordered.length) })
          : ordered.length
      }
      end={
        ordered.length > SHOWN && (
          <button type="button" className="cursor-pointer text-accent" onClick={() => setAll(!isAll)}>
            {isAll ? t('action.showLess') : t('action.showAll')}
          </button>
        )
      }
    >
      <Panel className="overflow-hidden">
        {ordered.length === 0 ? (
          <Empty>{t('run.noMetrics')}</Empty>
        ) : (
          <div className={`tb-row tb-head ${COLUMNS}`}>
            <span>{t('run.metric')}</span>
            <span className="max-sm:hidden">{t('run.trend')}</span>
            <span className="num">{t('run.last')}</span>
            <span className="num">{t('run.min')}</span>
            <span className="num">{t('run.max')}</span>
            <span className="num max-lg:hidden">{t('run.step')}</span>
          </div>
        )}
        {shown.map((metric) => (
          <MetricRow key={metric.key} run={run} metric={metric} />
        ))}
      </Panel>
    </Section>
  );
}

function MetricRow({ run, metric }: { readonly run: RunJson; readonly metric: MetricJson }) {
  const last = fromMetricValue(metric.last.value);
  const min = metric.min && fromMetricValue(metric.min.value);
  const max = metric.max && fromMetricValue(metric.max.value);
  const decimals = decimalsOf([last, min, max].filter((value) => value !== undefined));
  const format = (value: number | undefined): string => (value === undefined ? '' : fixed(value, decimals));
  return (
    <Link
      from="/p/$project/runs/$number/{-$tab}"
      to="/p/$project/runs/$number/{-$tab}"
      params={(before) => ({ ...before, tab: 'charts' })}
      search={{ m: `/^${metric.key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$/` }}
      className={`tb-row ${COLUMNS}`}
    >
      <MetricName name={metric.key} />
      <span className="max-sm:hidden">
        <Trend
          run={run.id}
          metric={metric.key}
          width={160}
          height={20}
          ink={slotOf(run.number)}
          isBroken={Number.isNaN(last)}
        />
      </span>
      <span className="num font-semibold">
        {Number.isNaN(last) ? <Status status="warning">NaN</Status> : format(last)}
      </span>
      <span className="num text-ink-2">{format(min)}</span>
      <span className="num text-ink-2">{format(max)}</span>
      <span className="num text-ink-3 max-lg:hidden">{count(metric.last.step)}</span>
    </Link>
  );
}
