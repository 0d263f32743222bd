import type { ArtifactVersion } from '#core/domain/artifact.ts';
import type { RunId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { sightOf, type Sight } from '../answers/sight.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseOnRun } from '../runs/find-run.ts';
import { noArtifactVersion, seesArtifact } from './artifact-sight.ts';

/** UTF-16 code units. */
export const ROLE_LIMIT = 250;

/**
 * Says that a run used an artifact version of its workspace; idempotent. @param ask without `number` it is the newest version that
 * whoever asks may know of.
 * @throws Fault `invalid` (role), `not_found` (run; artifact, also one that may not be seen), `forbidden`.
 */
export async function useArtifact(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: {
    readonly run: RunId;
    readonly type: string;
    readonly name: string;
    readonly number?: number;
    readonly role?: string;
  },
): Promise<ArtifactVersion> {
  const { run, type, name, number, role = '' } = ask;
  assertText('role', role, ROLE_LIMIT);
  const project = await authoriseOnRun(ports, principal, { run, permission: 'run:write' });
  const workspace = (await ports.catalog.project(project))?.workspace;
  if (workspace === undefined) throw noArtifactVersion(ask);
  const artifact = { workspace, type, name };
  const offered =
    number === undefined
      ? (await ports.registry.artifactVersions(artifact)).toReversed()
      : [await ports.registry.artifactVersion({ ...artifact, number })].filter((one) => one !== undefined);
  const version = await newestSeen(ports, await sightOf(ports, principal, workspace), offered);
  if (!version) throw noArtifactVersion(ask);
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'use-artifact', run, type, name, number: version.number, role }],
  });
  return version;
}

async function newestSeen(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  sight: Sight,
  newestFirst: readonly ArtifactVersion[],
): Promise<ArtifactVersion | undefined> {
  for (const version of newestFirst) if (await seesArtifact(ports, sight, version)) return version;
  return undefined;
}
