import { actorOf, type Principal } from '../access/principal.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { noVersion, type FoundVersion } from './find-version.ts';

/** Commits changes of one version, which the caller has authorised, and reads it again. */
export async function changeVersion(
  ports: Pick<Ports, 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  { found, changes }: { readonly found: FoundVersion; readonly changes: readonly Change[] },
): Promise<FoundVersion> {
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
  return rereadVersion(ports, found);
}

/** The version as it is now. @throws Fault `not_found` when it was deleted meanwhile. */
async function rereadVersion(ports: Pick<Ports, 'registry'>, found: FoundVersion): Promise<FoundVersion> {
  const model = await ports.registry.registeredModel(found.model.id);
  const version = await ports.registry.modelVersion(found.version);
  if (!model || !version) throw noVersion(found.model, String(found.version.number));
  return { model, version };
}
