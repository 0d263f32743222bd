import { Fault } from '#core/domain/fault.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import { assertName, assertText } from '#core/domain/names.ts';
import { assertProjectName, type Project } from '#core/domain/project.ts';
import { authorise } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { assertArtifactLocation, defaultArtifactLocation } from '../files/artifact-uri.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';

export interface CreateProject {
  readonly workspace: WorkspaceId;
  readonly name: string;
  readonly artifactLocation?: string;
  readonly tags?: readonly Tag[];
}

/** @throws Fault `invalid`, `forbidden`, `conflict` (exists) when the name is taken, also by a deleted project. */
export async function createProject(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: CreateProject,
): Promise<Project> {
  authorise(principal, 'project:write', { workspace: ask.workspace });
  assertProjectName(ask.name);
  assertText('name', ask.name);
  if (ask.artifactLocation) assertArtifactLocation(ask.artifactLocation);
  for (const { key, value } of ask.tags ?? []) {
    assertName('tag', key);
    assertText('value', value);
  }
  const receipt = await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      {
        kind: 'create-project',
        workspace: ask.workspace,
        name: ask.name,
        artifactLocation: ask.artifactLocation || defaultArtifactLocation('{id}'),
        tags: ask.tags ?? [],
      },
    ],
  });
  const [id] = receipt.projects;
  const project = id && (await ports.catalog.project(id));
  if (!project) throw new Fault('internal', 'The project that was just created cannot be read.');
  return project;
}
