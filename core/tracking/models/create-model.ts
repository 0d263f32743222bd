import type { ProjectId, RunId } from '#core/domain/ids.ts';
import { assertModelName, type LoggedModel } from '#core/domain/logged-model.ts';
import { assertText } from '#core/domain/names.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { modelArtifactUri } from '../files/artifact-uri.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from '../projects/find-project.ts';
import { findRun } from '../runs/find-run.ts';
import { findModel } from './find-model.ts';

export interface CreateModel {
  readonly project: ProjectId;
  readonly name?: string;
  readonly modelType?: string;
  readonly sourceRun?: RunId;
  readonly params?: readonly Tag[];
  readonly tags?: readonly Tag[];
}

/** A model that a run is about to save; it stays `pending` until it is finalised. @throws Fault `not_found`, `forbidden`, `invalid`. */
export async function createModel(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  ask: CreateModel,
): Promise<LoggedModel> {
  const project = await findProject(ports, principal, { project: ask.project, permission: 'model:write' });
  const name = ask.name || ports.ids.name();
  assertModelName(name);
  assertText('name', name);
  assertText('model_type', ask.modelType ?? '');
  for (const { key, value } of [...(ask.params ?? []), ...(ask.tags ?? [])]) {
    assertText('key', key);
    assertText('value', value);
  }
  // A run of a project that he may not see must not be found out by naming it.
  if (ask.sourceRun) await findRun(ports, principal, { run: ask.sourceRun });
  const id = ports.ids.modelId();
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      {
        kind: 'create-model',
        id,
        project: project.id,
        name,
        modelType: ask.modelType ?? '',
        ...(ask.sourceRun && { sourceRun: ask.sourceRun }),
        artifactUri: modelArtifactUri(project.artifactLocation, id),
        params: ask.params ?? [],
        tags: ask.tags ?? [],
      },
    ],
  });
  return findModel(ports, principal, { model: id });
}
