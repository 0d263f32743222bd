import { projectId, workspaceId } from '#core/domain/ids.ts';
import { bestRuns } from '#core/tracking/answers/best.ts';
import { namesOf } from '#core/tracking/answers/names-of.ts';
import { findObjective } from '#core/tracking/answers/objective.ts';
import { modelPerformance } from '#core/tracking/answers/performance.ts';
import { listProduction } from '#core/tracking/answers/production.ts';
import type { Operations } from '../operation.ts';
import { presentPerson, presentProduction, presentVersionRow } from '../present-registry.ts';

type Name = 'listProduction' | 'getPerformance' | 'getObjective' | 'getBest';

export const answerOperations: Pick<Operations, Name> = {
  listProduction: async ({ ports, principal, query }) => {
    const { limit, workspace } = query;
    const list = await listProduction(ports, principal, { workspace: workspaceId(workspace), limit });
    const nameOf = await namesOf(ports);
    return { production: list.production.map((one) => presentProduction(nameOf, one)), total: list.total };
  },

  getPerformance: async ({ ports, principal, params, query }) => {
    const { limit, workspace } = query;
    const ask = { ...params, workspace: workspaceId(workspace), limit };
    const { objective, versions } = await modelPerformance(ports, principal, ask);
    const nameOf = await namesOf(ports);
    return {
      ...(objective && { objective }),
      versions: versions.map((row) => presentVersionRow(nameOf, row)),
    };
  },

  getObjective: async ({ ports, principal, params }) => {
    const { history, objective } = await findObjective(ports, principal, {
      project: projectId(params.project),
    });
    const nameOf = await namesOf(ports);
    return {
      ...(objective && { objective }),
      history: history.map(({ actor, at, objective: then }) => ({
        objective: then,
        at,
        by: presentPerson(nameOf, actor),
      })),
    };
  },

  getBest: async ({ ports, principal, params, query }) => {
    const ask = { project: projectId(params.project), limit: query.limit };
    const { best, importance, objective, runs } = await bestRuns(ports, principal, ask);
    return {
      ...(objective && { objective }),
      runs,
      best: best.map(({ chip, run, value }) => ({
        run: { ...chip },
        value,
        params: [...run.params].map(([key, { text }]) => ({ key, text })),
      })),
      importance: importance.map((one) => ({ ...one })),
    };
  },
};
