import { Fault } from '#core/domain/fault.ts';
import type { ModelId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { createRegisteredModel } from './create-registered-model.ts';
import type { FoundVersion } from './find-version.ts';
import { assertVersionTexts, projectWithin, registerVersion } from './register-version.ts';
import { resolveVersionSource, type ResolvedSource } from './resolve-version-source.ts';

export interface RegisterUnderName {
  readonly workspace: WorkspaceId;
  /** Name or id; a name that is not there is created. */
  readonly model: string;
  /** A run with the folder of its files, or a logged model. */
  readonly run?: RunId;
  readonly path?: string;
  readonly loggedModel?: ModelId;
  readonly description?: string;
  readonly tags?: readonly Tag[];
}

/** Registers what this server keeps as the next version of a name, new or not. @throws Fault `invalid`, `not_found`, `forbidden`. */
export async function registerUnderName(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  ask: RegisterUnderName,
): Promise<FoundVersion> {
  const { path: _path, ...rest } = ask;
  const source = sourceOf(ask);
  // Before a name is made that nothing would stand under.
  assertVersionTexts({ ...rest, source });
  const made = await resolveVersionSource(ports, principal, { ...rest, source });
  await projectWithin(ports, made, ask);
  if (made.tree) await assertFiles(ports, made.tree, ask);
  await ensureModel(ports, principal, ask);
  return registerVersion(ports, principal, { ...rest, source });
}

/** A mistyped path would be a version without files. @throws Fault `invalid`. */
async function assertFiles(
  { catalog }: Pick<Ports, 'catalog'>,
  { owner, folder }: NonNullable<ResolvedSource['tree']>,
  { path = '', loggedModel }: RegisterUnderName,
): Promise<void> {
  // A version may have no files; one whose folder is named has some.
  if (loggedModel !== undefined || path === '') return;
  if ((await catalog.list(owner, folder)).length > 0) return;
  throw new Fault('invalid', `The run has no files below '${path}'.`, { field: 'path' });
}

function sourceOf({ loggedModel, path = '', run }: RegisterUnderName): string {
  if (loggedModel !== undefined) return `models:/${loggedModel}`;
  if (run !== undefined) return `runs:/${run}/${path}`;
  throw new Fault('invalid', 'Say which run or which logged model to register.', { field: 'run' });
}

async function ensureModel(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  { model, workspace }: RegisterUnderName,
): Promise<void> {
  const isId = /^rm-[0-9a-f]{32}$/.test(model);
  if (isId || (await ports.registry.registeredModelNamed(workspace, model))) return;
  try {
    await createRegisteredModel(ports, principal, { workspace, name: model });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // Somebody was quicker: the version goes under his.
    const isTaken = error.code === 'conflict';
    // What he is told then must not say whether the name is there.
    const isUnseen = error.code === 'forbidden' && !may(principal, 'project:read', { workspace });
    if (!isTaken && !isUnseen) throw error;
  }
}
