import { Fault } from '#core/domain/fault.ts';
import type { ModelId, ProjectId, RunId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import { declaredObjective, inferObjective, type Objective, type Project } from '#core/domain/project.ts';
import { may } from '../access/authorise.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from '../runs/find-run.ts';
import { findRegisteredModel, type RegisteredModelRef } from './find-registered-model.ts';
import { noVersion, type FoundVersion } from './find-version.ts';
import { assertRegistryTags } from './registry-tags.ts';
import { resolveVersionSource, type ResolvedSource } from './resolve-version-source.ts';

export interface RegisterVersion {
  /** URI of its files; with `isWithoutFiles` any text. */
  readonly source: string;
  /** Of what has no files, such as a prompt: the source is kept and never looked at. */
  readonly isWithoutFiles?: boolean;
  readonly run?: RunId;
  readonly loggedModel?: ModelId;
  readonly runLink?: string;
  readonly description?: string;
  readonly userId?: string;
  readonly tags?: readonly Tag[];
}

const LINK_LIMIT = 2048;

/** The model's next version: seals the files that are there now. @throws Fault `invalid` (source), `not_found`, `forbidden`. */
export async function registerVersion(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & RegisterVersion,
): Promise<FoundVersion> {
  const { description = '', runLink, tags = [], userId = '', workspace } = ask;
  assertVersionTexts(ask);
  const model = await findRegisteredModel(ports, principal, { ...ask, permission: 'registry:write' });
  const made = await (ask.isWithoutFiles ? withoutFiles : resolveVersionSource)(ports, principal, ask);
  const { loggedModel, run, source, storageLocation, tree } = made;
  const project = await projectWithin(ports, made, ask);
  const objective = objectiveOf(made, project);
  // The home is whose editors may write here: one that reads there alone does not give the model away.
  const isHome = project && may(principal, 'registry:write', { workspace, project: project.id });
  const receipt = await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [
      {
        kind: 'register-version',
        model: model.id,
        version: {
          description,
          userId,
          source,
          storageLocation,
          ...(run && { run: run.id }),
          ...(loggedModel && { loggedModel: loggedModel.id }),
          ...(runLink && { runLink }),
          ...(objective && { objective }),
        },
        tags,
        ...(isHome && { project: project.id }),
        ...(tree && { tree }),
      },
    ],
  });
  const number = receipt.versions?.[0] ?? 0;
  const version = await ports.registry.modelVersion({ model: model.id, number });
  const changed = await ports.registry.registeredModel(model.id);
  if (!version || !changed) throw noVersion(model, String(number));
  return { model: changed, version };
}

/** @throws Fault `invalid`. */
export function assertVersionTexts(ask: RegisterVersion): void {
  assertText('source', ask.source);
  assertText('description', ask.description ?? '');
  assertText('run_link', ask.runLink ?? '', LINK_LIMIT);
  assertText('user_id', ask.userId ?? '');
  assertRegistryTags(ask.tags ?? []);
}

/** The project that a version comes from. @throws Fault `invalid` when it is of another workspace than the model. */
export async function projectWithin(
  { catalog }: Pick<Ports, 'catalog'>,
  { loggedModel, run }: ResolvedSource,
  { workspace }: Pick<RegisteredModelRef, 'workspace'>,
): Promise<Project | undefined> {
  const id: ProjectId | undefined = loggedModel?.project ?? run?.project;
  const project = id === undefined ? undefined : await catalog.project(id);
  if (!project || project.workspace === workspace) return project;
  throw new Fault('invalid', `The source is of project ${project.id}, which is in another workspace.`, {
    field: 'source',
  });
}

async function withoutFiles(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: RegisterVersion,
): Promise<ResolvedSource> {
  const run = ask.run && (await findRun(ports, principal, { run: ask.run }));
  return { source: ask.source, storageLocation: ask.source, ...(run && { run }) };
}

/** What was optimised: as the run kept it when it ended, else as its project declares it now, else as the names of metrics suggest. */
function objectiveOf(
  { loggedModel, run }: ResolvedSource,
  project: Project | undefined,
): Objective | undefined {
  const metrics = [
    ...(run?.metrics.keys() ?? []),
    ...(loggedModel?.metrics.map(({ metric }) => metric) ?? []),
  ];
  return run?.objective ?? (project && declaredObjective(project)) ?? inferObjective(metrics);
}
