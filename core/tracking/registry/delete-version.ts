import { assertText } from '#core/domain/names.ts';
import { authoriseRegistry } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { commitOnRevision } from '../promotions/commit-on-revision.ts';
import type { RegisteredModelRef } from './find-registered-model.ts';
import { findVersion } from './find-version.ts';
import type { VersionAddress } from './version-address.ts';
import { guardedTargets } from '../promotions/guarded-targets.ts';

/**
 * Hides a version and takes its aliases away; its number is never given again. One that holds what a gate stands before is an admin's
 * to delete. @throws Fault `not_found`, `forbidden`.
 */
export async function deleteVersion(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & { readonly version: VersionAddress | string; readonly reason?: string },
): Promise<void> {
  const { reason = '' } = ask;
  assertText('reason', reason);
  await commitOnRevision(ports, principal, async () => {
    const { model, version } = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
    if (guardedTargets(model, version).length > 0) {
      await authoriseRegistry(ports, principal, { permission: 'registry:admin', model });
    }
    const { id, name, revision } = model;
    const ref = { model: id, number: version.number };
    const note = audited(principal, {
      action: 'version.deleted',
      subject: `registered model ${id}`,
      details: { name, version: String(version.number) },
    });
    return { changes: [{ kind: 'delete-version', version: ref, reason, revision }, note] };
  });
}
