import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { roleOf, runChip, type RunChip } from './chips.ts';
import { findDatasetVersion } from './datasets.ts';
import { sightOf, type Sight } from './sight.ts';
import { versionRows, visibleRun, type VersionRow } from './version-rows.ts';

export interface DatasetVersionUse {
  /** Last started first. */
  readonly runs: readonly { readonly chip: RunChip; readonly role: string }[];
  /** Versions that those runs made, by model and number. */
  readonly versions: readonly VersionRow[];
  /** More runs used it than are looked at here. */
  readonly isMore: boolean;
}

type Needs = Pick<Ports, 'registry' | 'catalog'>;

const MOST_RUNS = 200;
const MOST_VERSIONS = 200;

interface Using {
  readonly run: Run;
  readonly chip: RunChip;
  readonly role: string;
}

/** Which runs and model versions used a dataset version. @throws Fault `not_found`, `forbidden`. */
export async function datasetUse(
  ports: Needs,
  principal: Principal,
  ask: { readonly workspace: WorkspaceId; readonly dataset: string; readonly number: number },
): Promise<DatasetVersionUse> {
  const sight = await sightOf(ports, principal, ask.workspace);
  const artifact = await findDatasetVersion(ports, sight, ask);
  const all = (await fewRuns(ports, sight, artifact)) ?? (await allRuns(ports, sight, artifact));
  const newest = all.toSorted((a, b) => b.run.startedAt - a.run.startedAt).slice(0, MOST_RUNS);
  return {
    runs: newest.map(({ chip, role }) => ({ chip, role })),
    versions: await versionsOfRuns(
      ports,
      sight,
      newest.map(({ run }) => run),
    ),
    isMore: all.length > newest.length,
  };
}

/** Undefined when more used it than are read here: who may see the first of them may see none of those. */
async function fewRuns(
  ports: Needs,
  sight: Sight,
  { digest, name, type, workspace }: ArtifactVersion,
): Promise<readonly Using[] | undefined> {
  const node = { kind: 'artifact', workspace, type, name, digest } as const;
  const edges = await ports.registry.edges({ nodes: [node], way: 'down', limit: MOST_RUNS + 1 });
  if (edges.length > MOST_RUNS) return undefined;
  const used = edges.map(async ({ role, to }) => {
    const run = to.kind === 'run' ? await visibleRun(ports, sight, to.run) : undefined;
    return using(sight, run, role);
  });
  return (await Promise.all(used)).filter((one) => one !== undefined);
}

async function allRuns(
  ports: Needs,
  sight: Sight,
  { digest, name }: ArtifactVersion,
): Promise<readonly Using[]> {
  const runs = await ports.catalog.runs([...sight.projects.keys()], 'active');
  return runs
    .map((run) => {
      const input = run.datasets.find(({ dataset }) => dataset.name === name && dataset.digest === digest);
      return input && using(sight, run, roleOf(input));
    })
    .filter((one) => one !== undefined);
}

function using(sight: Sight, run: Run | undefined, role: string): Using | undefined {
  const chip = run && run.deletedAt === undefined ? runChip(sight, run) : undefined;
  return run && chip && { run, chip, role };
}

async function versionsOfRuns(
  ports: Needs,
  sight: Sight,
  runs: readonly Run[],
): Promise<readonly VersionRow[]> {
  if (runs.length === 0) return [];
  const { workspace } = sight;
  const versions = await ports.registry.findVersions({ workspace, runs: runs.map(({ id }) => id) });
  const models = await Promise.all(versions.map(({ model }) => ports.registry.registeredModel(model)));
  const readable = versions.flatMap((version, at) => {
    const model = models[at];
    return model && sight.reaches('registry:read', model) ? [{ model, version }] : [];
  });
  return versionRows(ports, sight, readable.slice(0, MOST_VERSIONS));
}
