import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Run } from '#core/domain/run.ts';
import { authorise } from '../access/authorise.ts';
import { hideMissing } from '../access/hide-missing.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from '../projects/find-project.ts';

/** The run, deleted ones included, if the principal has the permission in its project. @throws Fault `not_found`, `forbidden`. */
export async function findRun(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly run: RunId; readonly permission?: Permission },
): Promise<Run> {
  const { permission = 'run:read' } = ask;
  const run = await ports.catalog.run(ask.run);
  if (!run) {
    const notFound = new Fault('not_found', `Run with id=${ask.run} not found`, { subject: 'run' });
    throw hideMissing(principal, { permission, notFound });
  }
  await authoriseInProject(ports, principal, { project: run.project, permission });
  return run;
}

/** @throws Fault `not_found`, `forbidden`. */
export async function findRunByNumber(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly project: ProjectId; readonly number: number },
): Promise<Run> {
  await findProject(ports, principal, { project: ask.project, permission: 'run:read' });
  const run = await ports.catalog.runByNumber(ask.project, ask.number);
  if (run) return run;
  throw new Fault('not_found', `Project ${ask.project} has no run ${ask.number}.`, { subject: 'run' });
}

/** Asks `access` with the project's workspace. @throws Fault `forbidden`. */
export async function authoriseInProject(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly project: ProjectId; readonly permission: Permission },
): Promise<void> {
  const project = await ports.catalog.project(ask.project);
  authorise(principal, ask.permission, {
    project: ask.project,
    ...(project && { workspace: project.workspace }),
  });
}
