import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Run } from '#core/domain/run.ts';
import { authoriseVisible, hideMissing } from '../access/hide-missing.ts';
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
  const notFound = () => noRun(ask.run);
  if (!run) throw hideMissing(principal, { permission, notFound });
  await authoriseInProject(ports, principal, { project: run.project, permission, notFound });
  return run;
}

/**
 * That the principal has the permission on the run, deleted ones included, for whoever needs to know no more of it but its project: a
 * run that is logged to is not put together with its metrics for each request. @throws Fault `not_found`, `forbidden`.
 */
export async function authoriseOnRun(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly run: RunId; readonly permission: Permission },
): Promise<ProjectId> {
  const project = await ports.catalog.projectOfRun(ask.run);
  const { permission } = ask;
  const notFound = () => noRun(ask.run);
  if (!project) throw hideMissing(principal, { permission, notFound });
  await authoriseInProject(ports, principal, { project, permission, notFound });
  return project;
}

function noRun(run: RunId): Fault {
  return new Fault('not_found', `Run with id=${run} not found`, { subject: 'run' });
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

/** Asks `access` with the project's workspace. @throws Fault `forbidden`, `notFound`. */
export async function authoriseInProject(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: {
    readonly project: ProjectId;
    readonly permission: Permission;
    /** What is said of a thing of this kind that is not there. */
    readonly notFound: () => Fault;
  },
): Promise<void> {
  const project = await ports.catalog.project(ask.project);
  const place = { project: ask.project, ...(project && { workspace: project.workspace }) };
  authoriseVisible(principal, { ...ask, place });
}
