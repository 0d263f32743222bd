import { useCallback, useMemo } from 'react';
import type { ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import { HoverBus } from '#ui/charts/hover-bus.ts';
import { slotOf } from '#ui/charts/palette.ts';
import { objectiveFor } from '../../api/run-values.ts';
import { ChartBar, METRICS_ID } from '../../parts/charts/chart-bar.tsx';
import { ChartGroups } from '../../parts/charts/chart-groups.tsx';
import {
  changeCharts,
  decodeCharts,
  encodeCharts,
  toggleAll,
  type ChartSettings,
} from '../../parts/charts/chart-settings.ts';
import { MetricChart } from '../../parts/charts/metric-chart.tsx';
import { metricFilter } from '../../parts/charts/metric-groups.ts';
import { Empty } from '../../parts/placeholders.tsx';
import type { ShownRun } from '../../parts/charts/shown-run.ts';
import { useHotkeys } from '../../shell/keys/hotkeys.ts';
import { t } from '../../text/translate.ts';
import { runRoute } from './route.ts';

const HEIGHT = 220;

/** Everything the run logged, in groups; how it is drawn stands in the address. */
export function ChartsTab({
  run,
  project,
}: {
  readonly run: RunJson;
  readonly project: ProjectSummaryJson | undefined;
}) {
  const search = runRoute.useSearch();
  const navigate = runRoute.useNavigate();
  const settings = useMemo(() => decodeCharts(search), [search]);
  const change = useCallback(
    (part: Partial<ChartSettings>) =>
      void navigate({
        search: (before) => ({
          ...before,
          ...encodeCharts({ ...decodeCharts(before), ...changeCharts(part), ...part }),
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const bus = useMemo(() => new HoverBus(), []);
  const lines = useMemo<ShownRun[]>(
    () => [{ run, ink: slotOf(run.number), dash: 0, rank: 'plain', isMarked: true }],
    [run],
  );
  useHotkeys({
    m: () => document.getElementById(METRICS_ID)?.focus(),
    e: () => change({ hasEnvelope: !settings.hasEnvelope }),
    l: () => change({ isLog: !settings.isLog }),
  });
  const zoom = useCallback(
    (range: readonly [number, number] | null) => change({ range: range ?? undefined }),
    [change],
  );
  const filter = useMemo(() => metricFilter(settings.metrics), [settings.metrics]);
  const names = run.metrics.map(({ key }) => key).join('\n');
  const metrics = useMemo(
    () => (names === '' ? [] : names.split('\n')).filter(filter ?? (() => true)),
    [names, filter],
  );
  const objective = objectiveFor(run, project);
  return (
    <>
      <ChartBar settings={settings} onChange={change} isPatternWrong={filter === undefined} />
      <div className="min-h-0 flex-1 overflow-y-auto px-(--gutter) pb-4 max-sm:px-3" data-charts>
        {metrics.length === 0 && (
          <Empty>{run.metrics.length === 0 ? t('run.noMetrics') : t('board.noMetricMatch')}</Empty>
        )}
        <ChartGroups
          metrics={metrics}
          toggled={settings.toggled}
          onToggle={(group) => change({ toggled: toggleAll(settings.toggled, [group]) })}
          perRow={settings.perRow}
          height={HEIGHT}
        >
          {(metric) => (
            <MetricChart
              metric={metric}
              runs={lines}
              look={settings}
              bus={bus}
              height={HEIGHT}
              isObjective={metric === objective?.metric}
              better={metric === objective?.metric ? objective.direction : undefined}
              onZoom={zoom}
            />
          )}
        </ChartGroups>
      </div>
    </>
  );
}
