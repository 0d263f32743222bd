import {
  ARTIFACT_NAME_LIMIT,
  PRODUCED_TYPES,
  type ArtifactVersion,
  type ProducedType,
} from '#core/domain/artifact.ts';
import { Fault } from '#core/domain/fault.ts';
import type { RunId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseOnRun } from '../runs/find-run.ts';
import { noArtifactVersion } from './artifact-sight.ts';
import { ROLE_LIMIT } from './use-artifact.ts';

/**
 * Seals what the run's files hold below a folder as the next version of an artifact, or as the version that has this
 * content. @param ask `folder` '' is all files. @throws Fault `invalid` (type, name, role), `not_found` (run; file when nothing is
 * below the folder), `forbidden`.
 */
export async function produceArtifact(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: {
    readonly run: RunId;
    readonly type: string;
    readonly name: string;
    readonly folder?: string;
    readonly role?: string;
  },
): Promise<ArtifactVersion> {
  const { run, name, role = '' } = ask;
  const type = producedType(ask.type);
  assertArtifactTexts(ask);
  const project = await authoriseOnRun(ports, principal, { run, permission: 'run:write' });
  const workspace = (await ports.catalog.project(project))?.workspace;
  const folder = (ask.folder ?? '').replace(/^\/+|\/+$/g, '');
  const { versions = [] } = await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'produce-artifact', run, type, name, folder, role }],
  });
  const number = versions[0] ?? NaN;
  const version = workspace && (await ports.registry.artifactVersion({ workspace, type, name, number }));
  if (!version) throw noArtifactVersion({ type, name, number });
  return version;
}

/** @throws Fault `invalid`, naming the field. */
function assertArtifactTexts({ name, role = '' }: { readonly name: string; readonly role?: string }): void {
  if (name.trim() === '') throw new Fault('invalid', 'An artifact needs a name.', { field: 'name' });
  if (/@v?\d+$/.test(name)) {
    throw new Fault('invalid', 'A name that ends like a version, such as @v3, cannot be asked for.', {
      field: 'name',
    });
  }
  assertText('name', name, ARTIFACT_NAME_LIMIT);
  assertText('role', role, ROLE_LIMIT);
}

function producedType(text: string): ProducedType {
  const type = PRODUCED_TYPES.find((one) => one === text);
  if (type) return type;
  const hint = text === 'model' ? ' A model is registered instead.' : '';
  throw new Fault('invalid', `A run's files are sealed as ${PRODUCED_TYPES.join(', ')}.${hint}`, {
    field: 'type',
  });
}
