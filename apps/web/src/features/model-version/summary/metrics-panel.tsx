import { Link } from '@tanstack/react-router';
import { fromMetricValue } from '#core/contract/numbers.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import { MetricName } from '../../../parts/metric-name.tsx';
import { Empty } from '../../../parts/placeholders.tsx';
import { count, decimalsOf, fixed } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';

const ROW = 'grid min-h-6 grid-cols-[minmax(0,1fr)_72px_72px_72px] items-center gap-x-2 px-3 text-12';
const SHOWN = 12;

/** What its run reached: last, smallest, largest; the objective first. */
export function MetricsPanel({ version }: { readonly version: VersionDetail }) {
  const { objective, origin } = version;
  const isObjective = (key: string): boolean => key === objective?.metric;
  const metrics = origin.metrics.toSorted((a, b) => Number(isObjective(b.key)) - Number(isObjective(a.key)));
  const { run } = origin;
  return (
    <Section
      title={rt('metrics.title')}
      note={count(metrics.length)}
      end={
        run && (
          <Link
            to="/p/$project/runs/$number/{-$tab}"
            params={{ project: run.project, number: String(run.number), tab: 'charts' }}
            className="text-accent"
          >
            {rt('metrics.charts')}
          </Link>
        )
      }
    >
      <Panel className="overflow-hidden py-1">
        {metrics.length === 0 ? (
          <Empty>{origin.isHidden ? rt('fact.runHidden') : rt('metrics.none')}</Empty>
        ) : (
          <div className={`${ROW} text-11 text-ink-3`}>
            <span>{rt('metrics.metric')}</span>
            <span className="num">{rt('metrics.last')}</span>
            <span className="num">{rt('metrics.min')}</span>
            <span className="num">{rt('metrics.max')}</span>
          </div>
        )}
        {metrics.slice(0, SHOWN).map(({ key, last, min, max }) => {
          const values = [last, min, max].map((point) => (point ? fromMetricValue(point.value) : NaN));
          const decimals = decimalsOf(values);
          return (
            <div key={key} className={`${ROW} hover:bg-hover`}>
              <MetricName name={key} />
              {values.map((value, i) => (
                <span
                  key={i}
                  className={`num ${isObjective(key) && i === OBJECTIVE_AT[objective?.aggregate ?? 'last'] ? 'font-semibold' : 'text-ink-2'}`}
                >
                  {Number.isNaN(value) && i > 0 ? '—' : fixed(value, decimals)}
                </span>
              ))}
            </div>
          );
        })}
        {metrics.length > SHOWN && <Empty>{rt('metrics.more', { count: metrics.length - SHOWN })}</Empty>}
      </Panel>
    </Section>
  );
}

const OBJECTIVE_AT = { last: 0, min: 1, max: 2 } as const;
