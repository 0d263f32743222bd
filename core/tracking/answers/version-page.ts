import type { Actor } from '#core/domain/actor.ts';
import type { Deployment } from '#core/domain/evaluation.ts';
import { Fault } from '#core/domain/fault.ts';
import type { CheckResult, Promotion } from '#core/domain/gate.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Manifest, ManifestEntry } from '#core/domain/manifest.ts';
import type { ModelVersion, PromotionTarget, RegisteredModel } from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import { pathOfUri } from '../files/artifact-uri.ts';
import { resolveTree } from '../files/resolve-tree.ts';
import type { Ports } from '../ports/ports.ts';
import { standingOf } from '../promotions/check-gate.ts';
import { findVersion, type FoundVersion } from '../registry/find-version.ts';
import type { GateNeeds } from '../promotions/gate-context.ts';
import { openPromotion, type OpenPromotion } from '../promotions/list-promotions.ts';
import { readMlmodel, type Mlmodel } from '../registry/mlmodel.ts';
import { authoriseVersionFiles } from '../registry/open-version-file.ts';
import { DatasetNumbers } from './chips.ts';
import { heldBefore, placeSince, productionPlace } from './in-production.ts';
import { lanesOf, type Lane } from './lanes.ts';
import { mayDo, type May } from './model-list.ts';
import { originOf, type Origin } from './origin.ts';
import { packageParts, type PackagePart } from './package-parts.ts';
import { sightOf } from './sight.ts';
import { showFigures, versionRows, type ShownFigure, type VersionRow } from './version-rows.ts';

/** Everything about one version. Times are milliseconds UTC. */
export interface VersionPage {
  readonly row: VersionRow;
  readonly may: May;
  /** Since when it is in production; absent when it is not. */
  readonly production?: { readonly because: string; readonly since: number; readonly by?: Actor };
  /** Of this version, those that ended included. */
  readonly deployments: readonly Deployment[];
  /** Which version the origin is compared with. */
  readonly comparedWith?: number;
  readonly origin: Origin;
  readonly parts: readonly PackagePart[];
  /** Newest first. */
  readonly evaluations: readonly ShownFigure[];
  readonly mlmodel: Mlmodel | undefined;
  /** Why the file `MLmodel` cannot be read, if there is one that cannot. */
  readonly mlmodelError?: string;
  /** At most 1000 by path; none, and no `mlmodel`, where its files are those of a run that may not be read. */
  readonly fileList: readonly ManifestEntry[];
  readonly isTreeChanged: boolean;
  readonly gates: readonly { readonly target: PromotionTarget; readonly checks: readonly CheckResult[] }[];
  /** Of this version, newest first. */
  readonly promotions: readonly (OpenPromotion | ClosedPromotion)[];
}

export interface ClosedPromotion {
  readonly promotion: Promotion;
  readonly model: RegisteredModel;
}

const MOST_FILES = 1000;

type Needs = GateNeeds & Pick<Ports, 'secrets'>;

/** @throws Fault `not_found`, `forbidden`, `invalid` (version). */
export async function versionPage(
  ports: Needs,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly model: string; readonly version: string },
): Promise<VersionPage> {
  const { model, version } = await findVersion(ports, principal, ask);
  const [sight, history, deployments, promotions, manifest] = await Promise.all([
    sightOf(ports, principal, ask.workspace),
    ports.registry.holderHistory(model.id),
    ports.registry.deployments(model.id),
    ports.registry.promotions({ model: model.id, isHistory: true }),
    sealedFiles(ports, principal, { model, version }),
  ]);
  const lanes = lanesOf(history, deployments);
  const running = deployments.filter(({ endedAt }) => endedAt === undefined);
  const [row] = await versionRows(ports, sight, [{ model, version }]);
  if (!row) throw new TypeError('One version makes one row.');
  const comparedWith = comparedVersion(model, { version, lanes, running });
  const numbers = new DatasetNumbers(ports, ask.workspace);
  const [origin, evaluations, mlmodel, isTreeChanged, gates, shown] = await Promise.all([
    originOf(ports, sight, { row, numbers, comparedWith }),
    showFigures(ports, sight, { numbers, figures: row.figures }),
    sealedMlmodel(ports, manifest),
    isChanged(ports, version, manifest),
    Promise.all(
      model.gates.map(async ({ target }) => ({
        target,
        checks: await standingOf(ports, { model, version, target }),
      })),
    ),
    Promise.all(
      promotions
        .filter((promotion) => promotion.version.number === version.number)
        .map(async (promotion) =>
          promotion.status === 'open'
            ? openPromotion(ports, principal, { promotion, model, reaches: sight.reaches })
            : { promotion, model },
        ),
    ),
  ]);
  const place = productionPlace(model, running);
  const { isHidden } = origin;
  return {
    row,
    may: mayDo(sight, model),
    ...(place?.version === version.number && {
      production: placeSince(place, { lanes, createdAt: version.createdAt }),
    }),
    deployments: deployments.filter((one) => one.version.number === version.number),
    ...(comparedWith !== undefined && { comparedWith }),
    origin,
    parts: packageParts(ports, { row, manifest, isHidden }),
    evaluations,
    ...mlmodel,
    fileList: manifest?.entries.slice(0, MOST_FILES) ?? [],
    isTreeChanged,
    gates,
    promotions: shown,
  };
}

/** What differences are shown against: of the version in production the one that was there before it, of any other the one that is there now. */
function comparedVersion(
  model: RegisteredModel,
  of: {
    readonly version: ModelVersion;
    readonly lanes: readonly Lane[];
    readonly running: readonly Deployment[];
  },
): number | undefined {
  const { lanes, running, version } = of;
  const place = productionPlace(model, running);
  if (!place) return undefined;
  return place.version === version.number ? heldBefore(lanes, place, version.number) : place.version;
}

/** The sealed files, as far as whoever asks may read them. */
async function sealedFiles(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  found: FoundVersion,
): Promise<Manifest | undefined> {
  const { manifest } = found.version;
  if (manifest === undefined) return undefined;
  try {
    await authoriseVersionFiles(ports, principal, found);
  } catch (error) {
    if (error instanceof Fault && error.code === 'forbidden') return undefined;
    throw error;
  }
  return ports.catalog.manifest(manifest);
}

/** What the sealed `MLmodel` says. One that is damaged, too large or no YAML is said to be so: the rest of the page stands. */
async function sealedMlmodel(
  ports: Pick<Ports, 'blobs'>,
  manifest: Manifest | undefined,
): Promise<Pick<VersionPage, 'mlmodel' | 'mlmodelError'>> {
  if (!manifest?.entries.some(({ path }) => path === 'MLmodel')) return { mlmodel: undefined };
  try {
    const mlmodel = await readMlmodel(ports, manifest);
    return mlmodel
      ? { mlmodel }
      : { mlmodel, mlmodelError: 'The file MLmodel is no YAML mapping, or larger than 1 MiB.' };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { mlmodel: undefined, mlmodelError: `The file MLmodel cannot be read: ${error.message}` };
  }
}

/** Whether the files from which a version was sealed are others by now. */
async function isChanged(
  ports: Pick<Ports, 'catalog'>,
  { storageLocation }: ModelVersion,
  manifest: Manifest | undefined,
): Promise<boolean> {
  const path = pathOfUri(storageLocation);
  if (!manifest || path === undefined) return false;
  const { owner, path: folder } = await resolveTree(ports, path);
  const files = await ports.catalog.files(owner, folder);
  const depth = folder === '' ? 0 : folder.length + 1;
  if (files.length !== manifest.entries.length) return true;
  const now = new Map(files.map((file) => [file.path.slice(depth), file.digest]));
  return manifest.entries.some(({ path: sealed, digest }) => now.get(sealed) !== digest);
}
