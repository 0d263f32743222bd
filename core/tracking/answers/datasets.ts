import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { Dataset } from '#core/domain/dataset.ts';
import { Fault } from '#core/domain/fault.ts';
import type { RunId, WorkspaceId } from '#core/domain/ids.ts';
import { forbidden } from '../access/authorise.ts';
import { seesArtifact } from '../artifacts/artifact-sight.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { columnsOf, rowsOf } from './dataset-columns.ts';
import { productionPlace } from './in-production.ts';
import { readableModels, runningByModel } from './production.ts';
import { sightOf, type Sight } from './sight.ts';

/** A dataset as a row of the list. */
export interface DatasetRow {
  readonly name: string;
  /** Versions that whoever asks may know of. */
  readonly versions: number;
  readonly latest: ArtifactVersion;
  readonly sourceType: string;
  /** Of the latest version, where its profile or schema says so. */
  readonly rows?: number;
  readonly columns?: number;
  /** Runs that may be read and used any version of it. */
  readonly runs: number;
  /** Production versions that were trained on any version of it. */
  readonly inProduction: readonly ProductionVersion[];
}

/** A dataset version with what was said of it. */
export interface DescribedVersion {
  readonly artifact: ArtifactVersion;
  readonly description?: Dataset;
}

type Needs = Pick<Ports, 'registry' | 'catalog'>;

/** Datasets that runs one may read have used or made, last seen first. */
export async function listDatasetRows(
  ports: Needs,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId },
): Promise<readonly DatasetRow[]> {
  const sight = await sightOf(ports, principal, ask.workspace);
  if (!sight.isWide && sight.projects.size === 0) return [];
  const made = await madeInProduction(ports, sight);
  const uses = await usesOf(ports, sight, { made });
  const newest = await ports.registry.artifacts({ workspace: sight.workspace, type: 'dataset' });
  const newestOf = new Map(sight.isWide ? newest.map((version) => [version.name, version]) : []);
  const unused = newest.flatMap(({ createdAt, name }) =>
    uses.has(name) ? [] : [{ ...noUse(name), lastUsedAt: createdAt }],
  );
  const rows = [...uses.values(), ...unused]
    .toSorted((a, b) => b.lastUsedAt - a.lastUsedAt || (a.name < b.name ? -1 : 1))
    .map(async (use): Promise<DatasetRow | undefined> => {
      const known = newestOf.get(use.name);
      // Numbers are given without a gap, so the newest one's says how many there are.
      if (known) return datasetRow(use, known, known.number);
      const versions = await knownVersions(ports, sight, use);
      const latest = versions.at(-1);
      return latest && datasetRow(use, latest, versions.length);
    });
  return (await Promise.all(rows)).filter((row) => row !== undefined);
}

function datasetRow(use: Use, latest: ArtifactVersion, versions: number): DatasetRow {
  const said = use.digests.get(latest.digest);
  const rows = rowsOf(said?.profile);
  const columns = columnsOf(said?.schema).length;
  return {
    name: use.name,
    versions,
    latest,
    sourceType: said?.sourceType ?? '',
    ...(rows !== undefined && { rows }),
    ...(columns > 0 && { columns }),
    runs: use.runs,
    inProduction: use.inProduction,
  };
}

/** The versions of a dataset, newest first. @throws Fault `not_found`, `forbidden`. */
export async function datasetVersions(
  ports: Needs,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly dataset: string; readonly limit: number },
): Promise<{ readonly versions: readonly DescribedVersion[]; readonly total: number }> {
  const sight = await sightOf(ports, principal, ask.workspace);
  // Whoever reads the workspace need not be shown that a run of his used them.
  const use = sight.isWide ? undefined : (await usesOf(ports, sight, { only: ask.dataset })).get(ask.dataset);
  const known = await knownVersions(ports, sight, { name: ask.dataset, digests: use?.digests ?? new Map() });
  if (known.length === 0) throw noDataset(sight, ask.dataset);
  const newest = known.toReversed().slice(0, ask.limit);
  const versions = newest.map(async (artifact): Promise<DescribedVersion> => {
    const { digest, name } = artifact;
    const description =
      use?.digests.get(digest) ??
      (await ports.registry.datasetDescription({ workspace: ask.workspace, name, digest }));
    return { artifact, ...(description && { description }) };
  });
  return { versions: await Promise.all(versions), total: known.length };
}

/** One version, if a run that may be read used or made it. @throws Fault `not_found`, `forbidden`. */
export async function findDatasetVersion(
  ports: Needs,
  sight: Sight,
  ask: { readonly dataset: string; readonly number: number },
): Promise<ArtifactVersion> {
  const { dataset: name, number } = ask;
  const found = await ports.registry.artifactVersion({ ...datasetRef(sight, name), number });
  if (found && ((await seesArtifact(ports, sight, found)) || (await datasetSight(ports, sight))(found)))
    return found;
  throw noDataset(sight, `${name}@v${number}`);
}

/** Which dataset versions may be known of: to whoever reads the workspace all, to others those that runs of theirs used. */
export async function datasetSight(
  ports: Needs,
  sight: Sight,
): Promise<(version: Pick<ArtifactVersion, 'name' | 'digest'>) => boolean> {
  if (sight.isWide) return () => true;
  const uses = await usesOf(ports, sight);
  return ({ digest, name }) => uses.get(name)?.digests.has(digest) ?? false;
}

interface ProductionVersion {
  readonly modelName: string;
  readonly version: number;
}

interface Use {
  readonly name: string;
  /** Digest → what a run said of that version. */
  readonly digests: Map<string, Dataset>;
  readonly inProduction: ProductionVersion[];
  runs: number;
  lastUsedAt: number;
}

function noUse(name: string): Use {
  return { name, digests: new Map(), inProduction: [], runs: 0, lastUsedAt: 0 };
}

/** What the runs that may be read used: of one dataset, or of all. @param ask.made what each run made that is in production now. */
async function usesOf(
  ports: Needs,
  sight: Sight,
  ask: { readonly only?: string; readonly made?: ReadonlyMap<RunId, readonly ProductionVersion[]> } = {},
): Promise<ReadonlyMap<string, Use>> {
  const uses = new Map<string, Use>();
  for (const run of await ports.catalog.runs([...sight.projects.keys()], 'active')) {
    const counted = new Set<string>();
    for (const { dataset } of run.datasets) {
      const { digest, name } = dataset;
      if (ask.only !== undefined && name !== ask.only) continue;
      const use: Use = uses.get(name) ?? noUse(name);
      uses.set(name, use);
      use.digests.set(digest, dataset);
      if (counted.has(name)) continue;
      counted.add(name);
      use.runs += 1;
      use.lastUsedAt = Math.max(use.lastUsedAt, run.startedAt);
      use.inProduction.push(...(ask.made?.get(run.id) ?? []));
    }
  }
  return uses;
}

/** By number ascending. */
async function knownVersions(
  ports: Needs,
  sight: Sight,
  { digests, name }: Pick<Use, 'digests' | 'name'>,
): Promise<readonly ArtifactVersion[]> {
  const all = await ports.registry.artifactVersions(datasetRef(sight, name));
  if (sight.isWide) return all;
  const seen = await Promise.all(
    all.map(async (version) => digests.has(version.digest) || seesArtifact(ports, sight, version)),
  );
  return all.filter((_, at) => seen[at]);
}

/** Run → the versions in production that it made, of models that may be read. */
async function madeInProduction(
  ports: Needs,
  sight: Sight,
): Promise<ReadonlyMap<RunId, readonly ProductionVersion[]>> {
  const running = await runningByModel(ports, sight.workspace);
  const placed = (await readableModels(ports, sight)).flatMap((model) => {
    const place = productionPlace(model, running.get(model.id) ?? []);
    return place ? [{ model: model.id, number: place.version, modelName: model.name }] : [];
  });
  const nameOf = new Map(placed.map(({ model, modelName }) => [model, modelName]));
  const made = new Map<RunId, ProductionVersion[]>();
  for (const { model, number, run } of await ports.registry.modelVersions(placed)) {
    if (run === undefined) continue;
    const of = made.get(run) ?? [];
    of.push({ modelName: nameOf.get(model) ?? '', version: number });
    made.set(run, of);
  }
  return made;
}

function datasetRef({ workspace }: Sight, name: string) {
  return { workspace, type: 'dataset', name };
}

/** The same to whoever does not read the workspace, whether it is there or not. */
function noDataset({ isWide }: Sight, name: string): Fault {
  if (!isWide) return forbidden('run:read');
  return new Fault('not_found', `No run used or made a dataset '${name.slice(0, 200)}'.`, {
    subject: 'dataset',
  });
}
