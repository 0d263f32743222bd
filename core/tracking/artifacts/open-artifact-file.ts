import type { ArtifactVersion } from '#core/domain/artifact.ts';
import { Fault } from '#core/domain/fault.ts';
import { treePath } from '#core/domain/file-tree.ts';
import type { WorkspaceId } from '#core/domain/ids.ts';
import type { Manifest } from '#core/domain/manifest.ts';
import { may } from '../access/authorise.ts';
import type { Principal } from '../access/principal.ts';
import { sightOf, type Sight } from '../answers/sight.ts';
import type { OpenedFile } from '../files/open-file.ts';
import type { Ports } from '../ports/ports.ts';
import { findArtifactVersion, runsOfArtifact } from './artifact-sight.ts';

type Needs = Pick<Ports, 'catalog' | 'registry'>;

/** Makers of equal content that are looked at. */
const MOST_MAKERS = 1000;

/** A file of an artifact version as it was sealed. @throws Fault `invalid` (path), `not_found` also when its bytes are elsewhere or not his to read, `forbidden`, `corrupt`. */
export async function openArtifactFile(
  ports: Needs & Pick<Ports, 'blobs'>,
  principal: Principal,
  ask: {
    readonly workspace: WorkspaceId;
    readonly type: string;
    readonly name: string;
    readonly number: number;
    readonly path: string;
  },
): Promise<OpenedFile> {
  const path = treePath(ask.path);
  const sight = await sightOf(ports, principal, ask.workspace);
  const artifact = await findArtifactVersion(ports, sight, ask);
  const manifest = await readableManifest(ports, { principal, sight, artifact });
  const entry = manifest?.entries.find((one) => one.path === path);
  if (!entry) throw new Fault('not_found', `No such artifact: '${path}'`, { subject: 'file' });
  return { file: { ...entry, modifiedAt: artifact.createdAt }, bytes: await ports.blobs.get(entry.digest) };
}

/** What the version holds, for those who may read it: undefined to others, and when the bytes are elsewhere. */
export async function readableManifest(
  ports: Needs,
  ask: { readonly principal: Principal; readonly sight: Sight; readonly artifact: ArtifactVersion },
): Promise<Manifest | undefined> {
  const { manifest } = ask.artifact;
  return manifest !== undefined && (await mayRead(ports, ask)) ? ports.catalog.manifest(manifest) : undefined;
}

/** Whose run made it reads it, and whoever reads the files of the whole workspace: a run that used it opens nothing. */
async function mayRead(
  ports: Needs,
  {
    principal,
    sight,
    artifact,
  }: { readonly principal: Principal; readonly sight: Sight; readonly artifact: ArtifactVersion },
): Promise<boolean> {
  const { workspace } = sight;
  if (may(principal, 'file:read', { workspace })) return true;
  const makers = await runsOfArtifact(ports, artifact, { did: 'make', limit: MOST_MAKERS });
  const projects = await Promise.all(makers.map(({ run }) => ports.catalog.projectOfRun(run)));
  return projects.some(
    (project) => project !== undefined && may(principal, 'file:read', { project, workspace }),
  );
}
