import type { ProjectId } from '#core/domain/ids.ts';
import { declaredObjective, OBJECTIVE_TAG, parseObjective } from '#core/domain/project.ts';
import type { Objective, Project } from '#core/domain/project.ts';
import type { ProjectChange, Tag } from '#core/tracking/ports/change.ts';
import {
  noProject,
  noTag,
  noWorkspace,
  projectDeleted,
  projectNameTaken,
  taken,
} from '#storage/sql/refusals.ts';
import { nextNumber, type Applying } from './applying.ts';
import { projectNamed, type ProjectRow } from './projects.ts';
import { markStoredRuns } from './run-lists.ts';
import { workspaceOf } from './workspaces.ts';

type Of<Kind extends ProjectChange['kind']> = Extract<ProjectChange, { kind: Kind }>;

/** Purging is apply-purge.ts. */
export async function applyProject(
  applying: Applying,
  change: Exclude<ProjectChange, Of<'purge-project'>>,
): Promise<void> {
  if (change.kind === 'create-project') return createProject(applying, change);
  const row = await existingProject(applying, change.project);
  const { project } = row;
  const isDeleted = project.deletedAt !== undefined;
  switch (change.kind) {
    case 'delete-project':
      if (isDeleted) throw noProject(project.id);
      return deleteProject(applying, row);
    case 'restore-project':
      if (!isDeleted) throw noProject(project.id);
      return restoreProject(applying, row);
    case 'set-objective':
      return keepProject(applying, row, withObjective(applying, project, change.objective));
    case 'rename-project':
      if (isDeleted) throw projectDeleted(project.id);
      await assertNameFree(applying, { ...project, name: change.name });
      return keepProject(applying, row, { ...project, name: change.name });
    case 'set-project-tags':
      if (isDeleted) throw projectDeleted(project.id);
      return keepProject(applying, row, withTags(applying, project, change.tags));
    case 'delete-project-tag':
      if (isDeleted) throw projectDeleted(project.id);
      return keepProject(applying, row, withoutTag(applying, project, change.key));
  }
}

async function createProject(applying: Applying, change: Of<'create-project'>): Promise<void> {
  const { db, rows, at, actor, given } = applying;
  const { workspace, name } = change;
  if (!(await workspaceOf(db, workspace))) throw noWorkspace(workspace);
  await assertNameFree(applying, { workspace, name });
  if (change.id !== undefined && (await rows.projects.get(db, change.id))) {
    throw taken('project', `Project(id=${change.id}) already exists.`);
  }
  const id = change.id ?? (await nextId(applying));
  if (change.id === undefined) given.push(id);
  const project: Project = {
    id,
    workspace,
    name,
    artifactLocation:
      change.id === undefined ? change.artifactLocation.replaceAll('{id}', id) : change.artifactLocation,
    createdAt: at,
    updatedAt: at,
    createdBy: actor,
    tags: new Map(),
    objectives: [],
  };
  const tagged = withTags(applying, project, change.tags);
  keepProject(applying, { ordinal: await nextNumber(applying, 'project ordinal') }, tagged);
}

/** The next decimal id that nobody took by naming it. */
async function nextId(applying: Applying): Promise<ProjectId> {
  for (;;) {
    const id = String(await nextNumber(applying, 'project id')) as ProjectId;
    if (!(await applying.rows.projects.get(applying.db, id))) return id;
  }
}

async function deleteProject(applying: Applying, row: ProjectRow): Promise<void> {
  keepProject(applying, row, { ...row.project, deletedAt: applying.at });
  await markRuns(applying, row.project.id, 'deleted');
}

async function restoreProject(applying: Applying, row: ProjectRow): Promise<void> {
  const { deletedAt: _, ...project } = row.project;
  keepProject(applying, row, project);
  await markRuns(applying, project.id, 'active');
}

/**
 * Deletes or restores all runs of a project that are not so already. Those that the group has in hand are set there;
 * all others by one statement, and none of them is read or named: a project may have very many.
 */
async function markRuns(applying: Applying, project: ProjectId, state: 'deleted' | 'active'): Promise<void> {
  const { db, rows, at, sequence, touched } = applying;
  const isDeleting = state === 'deleted';
  for (const { deletedAt, ...run } of rows.runs.staged().values()) {
    if (run.project !== project || (deletedAt !== undefined) === isDeleting) continue;
    rows.runs.set(run.id, { ...run, ...(isDeleting && { deletedAt: at }), changedAt: at, sequence });
  }
  await markStoredRuns(db, project, { deletedAt: isDeleting ? at : null, at, sequence });
  rows.runs.outdate((run) => run.project === project);
  touched.wholeProject(project);
}

function withTags(applying: Applying, project: Project, added: readonly Tag[]): Project {
  const tags = new Map(project.tags);
  let tagged: Project = { ...project, tags };
  for (const { key, value } of added) {
    tags.set(key, value);
    if (key === OBJECTIVE_TAG) tagged = withDeclared(applying, tagged, parseObjective(value));
  }
  return tagged;
}

function withoutTag(applying: Applying, project: Project, key: string): Project {
  const tags = new Map(project.tags);
  if (!tags.delete(key)) throw noTag('project', project.id, key);
  const isDeclaration = key === OBJECTIVE_TAG && declaredObjective(project) !== undefined;
  const untagged = { ...project, tags };
  return isDeclaration ? withObjective(applying, untagged, null) : untagged;
}

/** A script that sets the same tag at each start does not lengthen the history. */
function withDeclared(applying: Applying, project: Project, objective: Objective): Project {
  const current = declaredObjective(project);
  const isSame =
    current?.metric === objective.metric &&
    current.direction === objective.direction &&
    current.aggregate === objective.aggregate;
  return isSame ? project : withObjective(applying, project, objective);
}

function withObjective({ at, actor }: Applying, project: Project, objective: Objective | null): Project {
  return { ...project, objectives: [...project.objectives, { objective, at, actor }] };
}

async function existingProject({ db, rows }: Applying, id: ProjectId): Promise<ProjectRow> {
  const row = await rows.projects.get(db, id);
  if (!row) throw noProject(id);
  return row;
}

async function assertNameFree(
  { db, rows }: Applying,
  wanted: Pick<Project, 'workspace' | 'name'> & { readonly id?: ProjectId },
): Promise<void> {
  const holder = await projectNamed(db, rows.projects, wanted);
  if (holder && holder.id !== wanted.id) throw projectNameTaken(wanted.name);
}

function keepProject(
  { rows, at, touched }: Applying,
  { ordinal }: Pick<ProjectRow, 'ordinal'>,
  project: Project,
): void {
  rows.projects.set(project.id, { project: { ...project, updatedAt: at }, ordinal });
  touched.project(project.id);
}
