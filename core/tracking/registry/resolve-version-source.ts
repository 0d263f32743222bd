import { treeFolder, type TreeOwner } from '#core/domain/file-tree.ts';
import type { ModelId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import { isPrompt, type ModelVersion } from '#core/domain/registry.ts';
import type { Run } from '#core/domain/run.ts';
import type { Principal } from '../access/principal.ts';
import { pathOfUri } from '../files/artifact-uri.ts';
import { authoriseTree } from '../files/authorise-tree.ts';
import { resolveTree } from '../files/resolve-tree.ts';
import { findModel } from '../models/find-model.ts';
import { listRunModels } from '../models/list-run-models.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from '../runs/find-run.ts';
import { findVersion } from './find-version.ts';
import type { VersionAddress } from './version-address.ts';
import { invalidSource, isWithin, notContaining, parseVersionSource } from './version-source.ts';

/** What a version is made of, as it was found. */
export interface ResolvedSource extends Pick<ModelVersion, 'source' | 'storageLocation'> {
  readonly run?: Run;
  readonly loggedModel?: LoggedModel;
  /** Files that this server keeps. */
  readonly tree?: { readonly owner: TreeOwner; readonly folder: string };
}

export interface SourceAsk {
  readonly workspace: WorkspaceId;
  readonly source: string;
  readonly run?: RunId;
  readonly loggedModel?: ModelId;
}

type Needs = Pick<Ports, 'catalog' | 'registry'>;

/**
 * Finds what a source names, in the run and the logged model that are named beside it or that it comes from; what the principal
 * may not read he cannot register. @throws Fault `invalid`, `not_found`, `forbidden`.
 */
export async function resolveVersionSource(
  ports: Needs,
  principal: Principal,
  ask: SourceAsk,
): Promise<ResolvedSource> {
  const parsed = parseVersionSource(ask.source);
  if (parsed.kind === 'logged model') return ofModel(ports, principal, { ...ask, owner: parsed.model });
  if (parsed.kind === 'version') {
    return ofVersion(ports, principal, { ...ask, name: parsed.name, version: parsed.address });
  }
  if (parsed.kind === 'run') {
    return ofRun(ports, principal, { ...ask, owner: parsed.run, path: parsed.path });
  }
  if (parsed.kind === 'served') return ofServed(ports, principal, ask);
  return ofOther(ports, principal, { ...ask, isContained: parsed.kind === 'contained' });
}

async function ofOther(
  ports: Needs,
  principal: Principal,
  ask: SourceAsk & { readonly isContained: boolean },
): Promise<ResolvedSource> {
  const { isContained, source } = ask;
  const named = await namedBeside(ports, principal, ask);
  const root = (named.loggedModel ?? named.run)?.artifactUri;
  if (isContained && !(root !== undefined && isWithin(source, root))) throw outside(ask);
  return { source, storageLocation: source, ...named };
}

async function ofModel(
  ports: Needs,
  principal: Principal,
  ask: SourceAsk & { readonly owner: ModelId },
): Promise<ResolvedSource> {
  const { owner, source } = ask;
  if (ask.loggedModel !== undefined && ask.loggedModel !== owner) throw notContaining(source, 'model_id');
  const loggedModel = await findModel(ports, principal, { model: owner, permission: 'file:read' });
  const id = ask.run ?? loggedModel.sourceRun;
  const run = id === undefined ? undefined : await findRun(ports, principal, { run: id });
  return {
    source,
    storageLocation: loggedModel.artifactUri,
    loggedModel,
    ...(run && { run }),
    ...(isServed(loggedModel.artifactUri) && {
      tree: { owner: { kind: 'model', model: owner }, folder: '' },
    }),
  };
}

async function ofRun(
  ports: Needs,
  principal: Principal,
  ask: SourceAsk & { readonly owner: RunId; readonly path: string },
): Promise<ResolvedSource> {
  const { owner: run, source } = ask;
  const folder = treeFolder(ask.path);
  const found = await runFiles(ports, principal, { ...ask, folder });
  const { artifactUri } = found.run;
  const isThere =
    !isServed(artifactUri) || (await ports.catalog.list({ kind: 'run', run }, folder)).length > 0;
  if (!isThere) {
    // Clients from 3.0 save models beside the run, and `runs:/RUN/name` goes on meaning them.
    const saved = await listRunModels(ports, principal, { run });
    const model = saved.findLast(({ name }) => name === folder);
    if (model) return ofModel(ports, principal, { ...ask, owner: model.id });
  }
  if (ask.loggedModel !== undefined) throw notContaining(source, 'model_id');
  return { ...found, storageLocation: folder === '' ? artifactUri : `${artifactUri}/${folder}` };
}

async function ofServed(ports: Needs, principal: Principal, ask: SourceAsk): Promise<ResolvedSource> {
  const { loggedModel, source } = ask;
  const { owner, path: folder } = await resolveTree(ports, pathOfUri(source) ?? '');
  await authoriseTree(ports, principal, { owner, permission: 'file:read' });
  const isOfRun = owner.kind === 'run' && loggedModel === undefined;
  if (isOfRun) return runFiles(ports, principal, { ...ask, owner: owner.run, folder });
  if (owner.kind !== 'model') throw notContaining(source, loggedModel === undefined ? 'run_id' : 'model_id');
  const found = await ofModel(ports, principal, { ...ask, owner: owner.model });
  return { ...found, storageLocation: source, tree: { owner, folder } };
}

async function runFiles(
  ports: Needs,
  principal: Principal,
  ask: SourceAsk & { readonly owner: RunId; readonly folder: string },
): Promise<ResolvedSource & { readonly run: Run }> {
  const { folder, owner, source } = ask;
  if (ask.run !== undefined && ask.run !== owner) throw notContaining(source, 'run_id');
  const run = await findRun(ports, principal, { run: owner, permission: 'file:read' });
  const tree = { owner: { kind: 'run', run: owner }, folder } as const;
  return { source, storageLocation: source, run, ...(isServed(run.artifactUri) && { tree }) };
}

/** A copy has the files, the run and the logged model of the version that it is made from. */
async function ofVersion(
  ports: Needs,
  principal: Principal,
  ask: SourceAsk & { readonly name: string; readonly version: VersionAddress },
): Promise<ResolvedSource> {
  const { source, workspace } = ask;
  const { model, version } = await findVersion(ports, principal, ask);
  if (isPrompt(model) || isPrompt(version)) {
    throw invalidSource(source, 'Prompt versions cannot be used as model version sources.');
  }
  const isOther = (given: string | undefined, own: string | undefined) =>
    given !== undefined && given !== own;
  if (isOther(ask.run, version.run) || isOther(ask.loggedModel, version.loggedModel)) {
    throw invalidSource(
      source,
      'The run_id and model_id request parameters must match the referenced model version.',
    );
  }
  const named = await namedBeside(ports, principal, { ...version, workspace });
  const { storageLocation } = version;
  const copy = { source: `models:/${model.name}/${version.number}`, storageLocation, ...named };
  const path = pathOfUri(storageLocation);
  if (path === undefined) return copy;
  const { owner, path: folder } = await resolveTree(ports, path);
  if (owner.kind === 'loose') return copy;
  await authoriseTree(ports, principal, { owner, permission: 'file:read' });
  return { ...copy, tree: { owner, folder } };
}

async function namedBeside(
  ports: Needs,
  principal: Principal,
  ask: Pick<SourceAsk, 'run' | 'loggedModel' | 'workspace'>,
): Promise<Pick<ResolvedSource, 'run' | 'loggedModel'>> {
  const loggedModel =
    ask.loggedModel &&
    (await findModel(ports, principal, { model: ask.loggedModel, permission: 'file:read' }));
  const id = ask.run ?? loggedModel?.sourceRun;
  const run = id && (await findRun(ports, principal, { run: id, permission: 'file:read' }));
  return { ...(run && { run }), ...(loggedModel && { loggedModel }) };
}

function isServed(artifactUri: string): boolean {
  return pathOfUri(artifactUri) !== undefined;
}

function outside({ loggedModel, source }: SourceAsk) {
  const [id, of] = loggedModel === undefined ? ['run_id', 'run'] : ['model_id', 'model'];
  return invalidSource(
    source,
    `To use a local path as a model version source, the ${id} request parameter has to be specified and the local path has to be contained within the artifact directory of the ${of} specified by the ${id}.`,
  );
}
