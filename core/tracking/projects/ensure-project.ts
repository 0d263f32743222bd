import { Fault } from '#core/domain/fault.ts';
import type { Project } from '#core/domain/project.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { createProject, type CreateProject } from './create-project.ts';
import { findProjectByName } from './find-project.ts';

/**
 * The project of that name, made if there is none.
 * @throws Fault as `createProject`; `conflict` when the name belongs to a deleted project: it is restored or renamed first.
 */
export async function ensureProject(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: CreateProject,
): Promise<Project> {
  try {
    return await createProject(ports, principal, ask);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'conflict') throw error;
    const project = await findProjectByName(ports, principal, ask);
    if (project.deletedAt === undefined) return project;
    throw new Fault('conflict', `The project '${ask.name}' is deleted. Restore it, or choose another name.`, {
      subject: 'project',
      reason: 'exists',
    });
  }
}
