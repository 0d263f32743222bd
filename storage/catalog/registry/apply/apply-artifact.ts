import { sealTree } from '#core/domain/manifest.ts';
import type { ArtifactChange } from '#core/tracking/ports/change.ts';
import { noArtifact, noFile } from '#storage/sql/refusals.ts';
import { activeRun, keepRun, type Applying } from '../../applying.ts';
import { filesBelow } from '../../files.ts';
import { storeManifest } from '../../manifests.ts';
import type { RunRow } from '../../runs.ts';
import { artifactVersionWith, seeArtifact } from '../artifacts.ts';
import { addMade, addUse } from '../edges.ts';
import { workspaceOf } from './derived-edges.ts';

type Of<Kind> = Extract<ArtifactChange, { kind: Kind }>;

/** The step that its member of `Change` describes. */
export async function applyArtifact(applying: Applying, change: ArtifactChange): Promise<void> {
  const run = await activeRun(applying, change.run);
  await (change.kind === 'produce-artifact' ? produce(applying, run, change) : use(applying, run, change));
  keepRun(applying, run);
}

async function produce(applying: Applying, run: RunRow, change: Of<'produce-artifact'>): Promise<void> {
  const { db, numbered } = applying;
  const { folder, name, role, type } = change;
  const files = await filesBelow(db, { kind: 'run', run: run.id }, folder);
  if (files.length === 0) throw noFile(folder);
  const start = folder === '' ? 0 : folder.length + 1;
  const relative = files.map((file) => ({ ...file, path: file.path.slice(start) }));
  const digest = await storeManifest(db, sealTree(type, relative), applying);
  const artifact = { workspace: await workspaceOf(applying, run.project), type, name };
  await seeArtifact(applying, artifact, digest);
  const version = await artifactVersionWith(db, { ...artifact, digest });
  if (!version) throw new Error(`The ${type} ${name} was not kept.`);
  numbered.push(version.number);
  const from = { kind: 'run', run: run.id } as const;
  await addMade(applying, { from, to: { kind: 'artifact', ...artifact, digest }, role });
}

async function use(applying: Applying, run: RunRow, change: Of<'use-artifact'>): Promise<void> {
  const { name, number, role, type } = change;
  const artifact = { workspace: await workspaceOf(applying, run.project), type, name };
  const version = await artifactVersionWith(applying.db, { ...artifact, number });
  if (!version) throw noArtifact(change);
  const from = { kind: 'artifact', ...artifact, digest: version.digest } as const;
  await addUse(applying, { from, to: { kind: 'run', run: run.id }, role });
}
