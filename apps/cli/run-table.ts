import type { ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import {
  formatDuration,
  formatParams,
  formatValue,
  objectiveValue,
  statusStyle,
  tellingParams,
} from './describe-run.ts';
import { table, type Column } from './table.ts';

/** Runs for people. The project is a column when there are several. */
export function runTable(
  runs: readonly RunJson[],
  projects: readonly ProjectSummaryJson[],
  now = Date.now(),
): string {
  const byId = new Map(projects.map((project) => [project.id, project]));
  const shown = new Set(runs.map(({ project }) => project));
  const [only] = shown.size === 1 ? shown : [];
  const objective = only === undefined ? undefined : byId.get(only)?.objective;
  const params = tellingParams(runs);
  const objectiveOf = (run: RunJson) => run.objective ?? byId.get(run.project)?.objective;
  const project: Column<RunJson> = {
    head: 'PROJECT',
    cell: (run) => byId.get(run.project)?.name ?? run.project,
    shrinkTo: 10,
  };
  return table(runs, [
    ...(only === undefined ? [project] : []),
    { head: '#', cell: (run) => String(run.number), align: 'right' },
    { head: 'NAME', cell: (run) => run.name, shrinkTo: 16 },
    { head: 'STATUS', cell: (run) => run.status, style: statusStyle },
    {
      head: objective ? `${objective.aggregate} ${objective.metric}` : 'OBJECTIVE',
      cell: (run) => {
        const value = formatValue(objectiveValue(run, objective ?? objectiveOf(run)));
        return objective || value === '' ? value : `${objectiveOf(run)?.metric} ${value}`;
      },
      align: 'right',
    },
    { head: 'AGE', cell: (run) => formatDuration(now - run.startedAt), align: 'right' },
    { head: 'PARAMS', cell: (run) => formatParams(run, params), shrinkTo: 6 },
  ]);
}
