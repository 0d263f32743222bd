import type { Tag, ProjectChange } from '#core/tracking/ports/change.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import { declaredObjective, OBJECTIVE_TAG, parseObjective } from '#core/domain/project.ts';
import type { Objective, Project } from '#core/domain/project.ts';
import {
  noProject,
  noTag,
  noWorkspace,
  projectDeleted,
  projectNameTaken,
  taken,
} from '#storage/sql/refusals.ts';
import type { Applying, RunRow } from './state.ts';

type Of<Kind extends ProjectChange['kind']> = Extract<ProjectChange, { kind: Kind }>;

/** Purging is apply-purge.ts. */
export function applyProject(applying: Applying, change: Exclude<ProjectChange, Of<'purge-project'>>): void {
  switch (change.kind) {
    case 'create-project':
      return createProject(applying, change);
    case 'rename-project':
      return renameProject(applying, change);
    case 'delete-project':
      return deleteProject(applying, change.project);
    case 'restore-project':
      return restoreProject(applying, change.project);
    case 'set-project-tags': {
      const project = activeProject(applying, change.project);
      return keepProject(applying, withTags(applying, project, change.tags));
    }
    case 'delete-project-tag':
      return deleteProjectTag(applying, change);
    case 'set-objective': {
      const project = existingProject(applying, change.project);
      return keepProject(applying, withObjective(applying, project, change.objective));
    }
  }
}

function createProject(applying: Applying, change: Of<'create-project'>): void {
  const { state, at, actor, given } = applying;
  if (!state.workspaces.has(change.workspace)) throw noWorkspace(change.workspace);
  assertNameFree(applying, change, undefined);
  if (change.id !== undefined && state.projects.has(change.id)) {
    throw taken('project', `Project(id=${change.id}) already exists.`);
  }
  const id = change.id ?? nextId(applying);
  if (change.id === undefined) given.push(id);
  const project: Project = {
    id,
    workspace: change.workspace,
    name: change.name,
    artifactLocation:
      change.id === undefined ? change.artifactLocation.replaceAll('{id}', id) : change.artifactLocation,
    createdAt: at,
    updatedAt: at,
    createdBy: actor,
    tags: new Map(),
    objectives: [],
  };
  keepProject(applying, withTags(applying, project, change.tags));
}

/** The next decimal id that nobody took by naming it. */
function nextId({ state }: Applying): ProjectId {
  let next = state.counters.get('nextProject') ?? 1;
  while (state.projects.has(String(next) as ProjectId)) next += 1;
  state.counters.set('nextProject', next + 1);
  return String(next) as ProjectId;
}

function renameProject(applying: Applying, change: Of<'rename-project'>): void {
  const project = activeProject(applying, change.project);
  assertNameFree(applying, { workspace: project.workspace, name: change.name }, project.id);
  keepProject(applying, { ...project, name: change.name });
}

function deleteProject(applying: Applying, id: ProjectId): void {
  const project = existingProject(applying, id);
  if (project.deletedAt !== undefined) throw noProject(id);
  keepProject(applying, { ...project, deletedAt: applying.at });
  for (const run of applying.state.runs.values().toArray()) {
    if (run.project === id && run.deletedAt === undefined) {
      markRun(applying, { ...run, deletedAt: applying.at });
    }
  }
  applying.touched.wholeProject(id);
}

function restoreProject(applying: Applying, id: ProjectId): void {
  const { deletedAt, ...project } = existingProject(applying, id);
  if (deletedAt === undefined) throw noProject(id);
  keepProject(applying, project);
  for (const { deletedAt: runDeletedAt, ...run } of applying.state.runs.values().toArray()) {
    if (run.project === id && runDeletedAt !== undefined) markRun(applying, run);
  }
  applying.touched.wholeProject(id);
}

/** The event names the project, not each of its runs. */
function markRun({ state, at, sequence }: Applying, run: RunRow): void {
  state.runs.set(run.id, { ...run, changedAt: at, sequence });
}

function deleteProjectTag(applying: Applying, change: Of<'delete-project-tag'>): void {
  const project = activeProject(applying, change.project);
  const tags = new Map(project.tags);
  if (!tags.delete(change.key)) throw noTag('project', project.id, change.key);
  const untagged = { ...project, tags };
  const isDeclaration = change.key === OBJECTIVE_TAG && declaredObjective(project) !== undefined;
  keepProject(applying, isDeclaration ? withObjective(applying, untagged, null) : untagged);
}

function withTags(applying: Applying, project: Project, tags: readonly Tag[]): Project {
  let tagged: Project = { ...project, tags: new Map(project.tags) };
  for (const { key, value } of tags) {
    if (key === OBJECTIVE_TAG) tagged = withDeclared(applying, tagged, parseObjective(value));
    tagged = { ...tagged, tags: new Map(tagged.tags).set(key, value) };
  }
  return tagged;
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

function withObjective(applying: Applying, project: Project, objective: Objective | null): Project {
  const { at, actor } = applying;
  return { ...project, objectives: [...project.objectives, { objective, at, actor }] };
}

function existingProject({ state }: Applying, id: ProjectId): Project {
  const project = state.projects.get(id);
  if (!project) throw noProject(id);
  return project;
}

function activeProject(applying: Applying, id: ProjectId): Project {
  const project = existingProject(applying, id);
  if (project.deletedAt !== undefined) throw projectDeleted(id);
  return project;
}

function assertNameFree(
  { state }: Applying,
  wanted: Pick<Project, 'workspace' | 'name'>,
  except: ProjectId | undefined,
): void {
  const holder = state.projects
    .values()
    .find((project) => project.workspace === wanted.workspace && project.name === wanted.name);
  if (holder && holder.id !== except) throw projectNameTaken(wanted.name);
}

function keepProject({ state, at, touched }: Applying, project: Project): void {
  state.projects.set(project.id, { ...project, updatedAt: at });
  touched.project(project.id);
}
