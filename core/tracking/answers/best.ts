import type { ProjectId, WorkspaceId } from '#core/domain/ids.ts';
import { objectiveOf, type Objective } from '#core/domain/project.ts';
import type { ParamValue, Run } from '#core/domain/run.ts';
import { importance, type FactorValue } from '#core/signal/importance.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from '../projects/find-project.ts';
import { objectiveValue } from '../runs/survey-runs.ts';
import { runChip, type RunChip } from './chips.ts';
import { sightOf } from './sight.ts';

/** By how much of the variance of the objective one param explains alone. */
export interface ParamImportance {
  readonly key: string;
  /** 0…1. */
  readonly importance: number;
  /** Its value in the best run; empty when that has none. */
  readonly best: string;
  /** Its value in the median run, if it has one. */
  readonly typical?: string;
}

export interface BestAnswer {
  readonly objective?: Objective;
  /** Runs that have the objective's metric. */
  readonly runs: number;
  /** Best first. */
  readonly best: readonly { readonly chip: RunChip; readonly run: Run; readonly value: number }[];
  /** Most telling first; only params that differ between runs. */
  readonly importance: readonly ParamImportance[];
}

/** More runs change a share by less than chance does: the last ones that started count. A param of them takes 1.5 ms. */
const MOST_RUNS = 2000;
/** Those that most runs have go first: so many are looked at, and so many that differ are weighed. */
const MOST_LOOKED_AT = 1000;
const MOST_PARAMS = 200;
const MOST_SHOWN = 50;

/** The best runs of a project by its objective, and which params made the difference. @throws Fault `not_found`, `forbidden`. */
export async function bestRuns(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly project: ProjectId; readonly limit: number },
): Promise<BestAnswer> {
  const project = await findProject(ports, principal, { ...ask, permission: 'run:read' });
  const workspace: WorkspaceId = project.workspace;
  const sight = await sightOf(ports, principal, workspace);
  const runs = await ports.catalog.runs([project.id], 'active');
  const objective = objectiveOf(
    project,
    runs.flatMap(({ metrics }) => [...metrics.keys()]),
  );
  if (!objective) return { runs: 0, best: [], importance: [] };
  const sign = objective.direction === 'max' ? -1 : 1;
  const ranked = runs
    .flatMap((run) => {
      const value = objectiveValue(run, objective);
      return value !== undefined && Number.isFinite(value) ? [{ run, value }] : [];
    })
    .toSorted((a, b) => sign * (a.value - b.value) || a.run.number - b.run.number);
  const best = ranked.slice(0, ask.limit).flatMap((one) => {
    const chip = runChip(sight, one.run);
    return chip ? [{ ...one, chip }] : [];
  });
  return { objective, runs: ranked.length, best, importance: importances(ranked) };
}

function importances(
  ranked: readonly { readonly run: Run; readonly value: number }[],
): readonly ParamImportance[] {
  const newest = ranked.toSorted((a, b) => b.run.startedAt - a.run.startedAt).slice(0, MOST_RUNS);
  const values = Float64Array.from(newest, ({ value }) => value);
  const best = ranked[0]?.run;
  const typical = ranked[Math.floor((ranked.length - 1) / 2)]?.run;
  return differing(newest.map(({ run }) => run))
    .map(([key, params]): ParamImportance => {
      const usual = typical?.params.get(key)?.text;
      return {
        key,
        importance: importance(values, factorOf(params)),
        best: best?.params.get(key)?.text ?? '',
        ...(usual !== undefined && { typical: usual }),
      };
    })
    .toSorted((a, b) => b.importance - a.importance || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_SHOWN);
}

type Column = readonly (ParamValue | undefined)[];

/** The params that are not the same in all runs, each with its value in every run. */
function differing(runs: readonly Run[]): readonly (readonly [key: string, params: Column])[] {
  const counts = new Map<string, number>();
  for (const { params } of runs) for (const key of params.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, runsOfA], [b, runsOfB]) => runsOfB - runsOfA || (a < b ? -1 : 1))
    .slice(0, MOST_LOOKED_AT)
    .map(([key]) => [key, runs.map(({ params }) => params.get(key))] as const)
    .filter(([, params]) => new Set(params.map((param) => param?.text)).size > 1)
    .slice(0, MOST_PARAMS);
}

/** Numbers when every value is one: wires that know only text send numbers as text. */
function factorOf(params: Column): readonly FactorValue[] {
  const isNumeric = params.every((param) => param === undefined || numberOf(param) !== undefined);
  return params.map((param) => (isNumeric ? param && numberOf(param) : param?.text));
}

function numberOf({ text, type }: ParamValue): number | undefined {
  if (type === 'boolean' || type === 'null' || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
