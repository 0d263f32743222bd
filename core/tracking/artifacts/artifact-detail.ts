import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { RunId, WorkspaceId } from '#core/domain/ids.ts';
import type { ManifestEntry } from '#core/domain/manifest.ts';
import type { Principal } from '../access/principal.ts';
import { runChip, type RunChip } from '../answers/chips.ts';
import { sightOf, type Sight } from '../answers/sight.ts';
import { visibleRun } from '../answers/version-rows.ts';
import type { Ports } from '../ports/ports.ts';
import { findArtifactVersion, runsOfArtifact } from './artifact-sight.ts';
import { readableManifest } from './open-artifact-file.ts';

type Needs = Pick<Ports, 'catalog' | 'registry'>;

const MOST_FILES = 1000;
const MOST_RUNS = 200;

export interface RunInRole {
  readonly chip: RunChip;
  readonly role: string;
}

/** One version of an artifact: what it holds, who made it, who used it. */
export interface ArtifactDetail {
  readonly artifact: ArtifactVersion;
  /** Undefined when the bytes are elsewhere, gone, or not to be read by whoever asks. */
  readonly content?: {
    /** By path, the first of them after the one that was asked for. */
    readonly fileList: readonly ManifestEntry[];
    readonly files: number;
    readonly sizeBytes: number;
  };
  /** Runs that may be read and are not deleted, oldest first. */
  readonly makers: readonly RunInRole[];
  readonly users: readonly RunInRole[];
  /** More runs made or used it than are looked at here. */
  readonly isMore: boolean;
}

/** @throws Fault `not_found`, `forbidden`. */
export async function artifactDetail(
  ports: Needs,
  principal: Principal,
  ask: {
    readonly workspace: WorkspaceId;
    readonly type: string;
    readonly name: string;
    readonly number: number;
    /** Files whose paths come after this one, in code unit order. */
    readonly after?: string;
  },
): Promise<ArtifactDetail> {
  const { after = '' } = ask;
  const sight = await sightOf(ports, principal, ask.workspace);
  const artifact = await findArtifactVersion(ports, sight, ask);
  const [manifest, makers, users] = await Promise.all([
    readableManifest(ports, { principal, sight, artifact }),
    runsThat(ports, sight, { artifact, did: 'make' }),
    runsThat(ports, sight, { artifact, did: 'use' }),
  ]);
  const entries = manifest?.entries;
  return {
    artifact,
    ...(entries && {
      content: {
        fileList: entries.filter(({ path }) => path > after).slice(0, MOST_FILES),
        files: entries.length,
        sizeBytes: entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      },
    }),
    makers: makers.shown,
    users: users.shown,
    isMore: makers.isMore || users.isMore,
  };
}

async function runsThat(
  ports: Needs,
  sight: Sight,
  { artifact, did }: { readonly artifact: ArtifactVersion; readonly did: 'make' | 'use' },
): Promise<{ readonly shown: readonly RunInRole[]; readonly isMore: boolean }> {
  const all = await runsOfArtifact(ports, artifact, { did, limit: MOST_RUNS + 1 });
  const roles = new Map<RunId, string[]>();
  for (const { role, run } of all.slice(0, MOST_RUNS)) {
    roles.set(
      run,
      [...(roles.get(run) ?? []), role].filter((one) => one !== ''),
    );
  }
  const shown = [...roles].map(async ([id, its]): Promise<RunInRole[]> => {
    const run = await visibleRun(ports, sight, id);
    const chip = run && run.deletedAt === undefined ? runChip(sight, run) : undefined;
    return chip ? [{ chip, role: its.join(', ') }] : [];
  });
  return { shown: (await Promise.all(shown)).flat(), isMore: all.length > MOST_RUNS };
}
