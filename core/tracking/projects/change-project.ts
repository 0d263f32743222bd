import type { AuditAction } from '#core/domain/audit.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import { assertName, assertText } from '#core/domain/names.ts';
import { assertProjectName, type Objective, type Project } from '#core/domain/project.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Change, ProjectChange, Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from './find-project.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock'>;
type InProject<More = unknown> = { readonly project: ProjectId } & More;

/** @throws Fault `not_found`, `forbidden`, `invalid` when deleted or misnamed, `conflict` when the name is taken. */
export async function renameProject(
  ports: Needs,
  principal: Principal,
  ask: InProject<{ name: string }>,
): Promise<Project> {
  assertProjectName(ask.name);
  assertText('name', ask.name);
  return change(ports, principal, { kind: 'rename-project', project: ask.project, name: ask.name });
}

/** Deletes the project and its runs. @throws Fault `not_found` unless active, `forbidden`. */
export async function deleteProject(ports: Needs, principal: Principal, ask: InProject): Promise<Project> {
  return change(ports, principal, { kind: 'delete-project', project: ask.project });
}

/** Restores the project and all its runs. @throws Fault `not_found` unless deleted, `forbidden`. */
export async function restoreProject(ports: Needs, principal: Principal, ask: InProject): Promise<Project> {
  return change(ports, principal, { kind: 'restore-project', project: ask.project });
}

/** @throws Fault `not_found`, `forbidden`, `invalid` when deleted. The tag `cairn.objective` declares the objective. */
export async function tagProject(
  ports: Needs,
  principal: Principal,
  ask: InProject<{ tags: readonly Tag[] }>,
): Promise<Project> {
  for (const { key, value } of ask.tags) {
    assertName('tag', key);
    assertText('value', value);
  }
  return change(ports, principal, { kind: 'set-project-tags', project: ask.project, tags: ask.tags });
}

/** @throws Fault `not_found` also for the key, `forbidden`, `invalid` when deleted. */
export async function untagProject(
  ports: Needs,
  principal: Principal,
  ask: InProject<{ key: string }>,
): Promise<Project> {
  return change(ports, principal, { kind: 'delete-project-tag', project: ask.project, key: ask.key });
}

/** Declares what the project optimises; null withdraws it. @throws Fault `not_found`, `forbidden`. */
export async function declareObjective(
  ports: Needs,
  principal: Principal,
  ask: InProject<{ objective: Omit<Objective, 'origin'> | null }>,
): Promise<Project> {
  if (ask.objective) assertName('metric', ask.objective.metric);
  const objective = ask.objective && { ...ask.objective, origin: 'declared' as const };
  return change(ports, principal, { kind: 'set-objective', project: ask.project, objective });
}

const AUDITED: Readonly<Partial<Record<ProjectChange['kind'], AuditAction>>> = {
  'delete-project': 'project.deleted',
  'restore-project': 'project.restored',
};

async function change(
  ports: Needs,
  principal: Principal,
  step: Extract<ProjectChange, { project: ProjectId }>,
): Promise<Project> {
  const ask = { project: step.project, permission: 'project:write' } as const;
  const { name } = await findProject(ports, principal, ask);
  const changes: Change[] = [step];
  const action = AUDITED[step.kind];
  if (action)
    changes.push(audited(principal, { action, subject: `project ${step.project}`, details: { name } }));
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
  return findProject(ports, principal, ask);
}
