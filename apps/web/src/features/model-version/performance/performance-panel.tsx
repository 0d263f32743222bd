import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { evaluationsQuery, modelQuery, type VersionDetail } from '../../../api/registry.ts';
import { MetricName } from '../../../parts/metric-name.tsx';
import { VersionLink } from '../../../parts/registry/names.tsx';
import { decimalsOf, fixed } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { absolute } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { performanceData, type PerformanceData } from './performance-data.ts';
import { TimelineChart } from './timeline-chart.tsx';
import type { TimelineLine, TimelineRule } from './timeline-scales.ts';

const HEIGHT = 222;

/** How it does where it runs, against how it did where it was made, on one axis. */
export function PerformancePanel({
  version,
  metric = version.objective?.metric ?? version.dev?.metric ?? version.evaluations[0]?.metric,
  height = HEIGHT,
  isWhole = false,
}: {
  /** On the page that the link would lead to. */
  readonly isWhole?: boolean;
  readonly version: VersionDetail;
  readonly metric?: string | undefined;
  readonly height?: number;
}) {
  const { model, number, comparedWith, objective } = version;
  const own = useQuery({
    ...evaluationsQuery(model.name, number, metric),
    enabled: metric !== undefined,
  });
  const previous = useQuery({
    ...evaluationsQuery(model.name, comparedWith ?? 0, metric),
    enabled: metric !== undefined && comparedWith !== undefined && comparedWith < number,
  });
  const { data: page } = useQuery(modelQuery(model.name));
  const data = useMemo(
    () =>
      metric === undefined
        ? undefined
        : performanceData(metric, version, {
            own: own.data ?? version.evaluations,
            previous: previous.data ?? [],
            deployments: page?.deployments ?? version.deployments,
          }),
    [metric, version, own.data, previous.data, page],
  );
  const direction = objective?.metric === metric ? objective?.direction : undefined;
  return (
    <Section
      title={rt('performance.title')}
      note={data && data.prod.length > 0 ? version.prod?.environment : undefined}
      end={
        !isWhole && (
          <VersionLink model={model.name} number={number} tab="performance" className="text-accent">
            {rt('performance.all')}
          </VersionLink>
        )
      }
    >
      <Panel className="p-2">
        <div className="mb-1 flex h-4 items-center gap-2 text-12">
          {metric !== undefined && (
            <span className="min-w-0 font-medium">
              <MetricName name={metric} />
            </span>
          )}
          <span className="ml-auto shrink-0 text-11 text-ink-3">
            {direction &&
              `${direction === 'max' ? '↑' : '↓'} ${t(`objective.${direction}`)}, ${rt('performance.objective')}`}
          </span>
        </div>
        {data && data.prod.length > 0 && !own.isLoading ? (
          <PerformanceChart data={data} comparedWith={comparedWith} number={number} height={height} />
        ) : (
          <NoProduction version={version} metric={metric} height={height} isLoading={own.isLoading} />
        )}
      </Panel>
    </Section>
  );
}

function PerformanceChart({
  data,
  number,
  comparedWith,
  height,
}: {
  readonly data: PerformanceData;
  readonly number: number;
  readonly comparedWith: number | undefined;
  readonly height: number;
}) {
  const { prod, before, dev, events } = data;
  const decimals = decimalsOf([...prod.slice(-1).map(([, value]) => value), dev ?? NaN]);
  const format = (value: number): string => fixed(value, decimals);
  const lines: TimelineLine[] = [
    ...(before.length > 0
      ? [{ id: 'before', label: `v${comparedWith}`, colour: 'var(--text-3)', isMuted: true, points: before }]
      : []),
    { id: 'prod', label: rt('performance.prod'), colour: 'var(--run-1)', points: prod },
  ];
  const first = before[0]?.[0] ?? prod[0]?.[0] ?? 0;
  const rules: TimelineRule[] = events
    // What happened long before the first figure would press the line against the edge.
    .filter(({ at }) => at >= first - span(data) * 0.5)
    .map(({ at, deployment, isEnd }) => ({
      at,
      text: rt(isEnd ? 'performance.ended' : 'performance.deployed', {
        version: `v${number}`,
        environment: deployment.environment,
      }),
    }));
  const last = prod.at(-1)?.[1] ?? NaN;
  return (
    <TimelineChart
      lines={lines}
      reference={
        dev === undefined
          ? undefined
          : {
              value: dev,
              label: rt('performance.dev'),
              ...(before.length > 0 && prod[0] && { from: prod[0][0] }),
            }
      }
      rules={rules}
      height={height}
      format={format}
      formatTime={absolute}
      label={rt(dev === undefined ? 'performance.aloudProd' : 'performance.aloud', {
        metric: data.metric,
        prod: format(last),
        dev: dev === undefined ? '' : format(dev),
        count: prod.length,
      })}
    />
  );
}

function span({ prod, before }: PerformanceData): number {
  const from = before[0]?.[0] ?? prod[0]?.[0] ?? 0;
  return Math.max(3_600_000, (prod.at(-1)?.[0] ?? 0) - from);
}

/** The same height, and the line that puts a first point here. */
function NoProduction({
  version,
  metric = 'val/acc',
  height,
  isLoading,
}: {
  readonly version: VersionDetail;
  readonly metric: string | undefined;
  readonly height: number;
  readonly isLoading: boolean;
}) {
  const name = `${version.model.name}@${version.number}`;
  return (
    <div
      className="flex flex-col items-center justify-center gap-2 px-4 text-center text-12 text-ink-3"
      style={{ height }}
    >
      {!isLoading && (
        <>
          <p>{rt('performance.none')}</p>
          <code className="max-w-full rounded-control bg-sunk px-2 py-1 break-words text-ink-2 select-all">
            {`cairn evaluate ${name} ${metric}=0.9 --environment production`}
          </code>
        </>
      )}
    </div>
  );
}
