import type { ObjectiveJson, ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import { fromMetricValue } from '#core/contract/numbers.ts';
import type { Client } from '#core/contract/client.ts';
import { decimalsOf } from '../../text/numbers.ts';

export type Home = Awaited<ReturnType<Client['home']>>;
export type Project = Home['projects'][number];

/** What a row of home knows of its run's project. */
export interface Context {
  readonly name: string;
  readonly slug: string;
  readonly id: string;
  readonly objective: ObjectiveJson | undefined;
  readonly best: number | undefined;
  readonly bestRun: RunJson | undefined;
  readonly runs: number | undefined;
  readonly decimals: number;
}

/** Everything of a project that home shows, by project id. */
export function contexts(home: Home, summaries: readonly ProjectSummaryJson[]): (project: string) => Context {
  const projects = new Map<string, Project>([...summaries, ...home.projects].map((each) => [each.id, each]));
  const runs = new Map(summaries.map((each) => [each.id, each.runs]));
  const best = new Map(home.best.map((each) => [each.project, each]));
  return (id) => {
    const project = projects.get(id);
    const winner = best.get(id);
    const value = winner && fromMetricValue(winner.value);
    return {
      id,
      name: project?.name ?? id,
      slug: project?.slug ?? '',
      objective: winner?.objective ?? project?.objective,
      best: value,
      bestRun: winner?.run,
      runs: runs.get(id),
      decimals: value === undefined ? 4 : decimalsOf([value]),
    };
  };
}
