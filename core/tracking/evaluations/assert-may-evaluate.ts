import { EVALUATES_TAG, evaluatedVersion } from '#core/domain/evaluation.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import { forbidden, may } from '../access/authorise.ts';
import { registryReach } from '../access/authorise-registry.ts';
import type { Principal } from '../access/principal.ts';
import type { Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * A run that says it evaluates a version speaks to the gates of its model: that is for whoever may write the model. Whoever may not write all
 * of the workspace hears the same of a name that nobody has. @throws Fault `forbidden`.
 */
export async function assertMayEvaluate(
  ports: Pick<Ports, 'catalog' | 'registry'>,
  principal: Principal,
  { project, tags }: { readonly project: ProjectId; readonly tags: readonly Tag[] },
): Promise<void> {
  const said = tags.findLast(({ key }) => key === EVALUATES_TAG);
  const named = said && evaluatedVersion(said.value);
  const workspace = named && (await ports.catalog.project(project))?.workspace;
  if (!named || workspace === undefined) return;
  if (may(principal, 'registry:write', { workspace })) return;
  const model = await ports.registry.registeredModelNamed(workspace, named.name);
  const reaches = await registryReach(ports, principal, workspace);
  if (!model || !reaches('registry:write', model)) throw forbidden('registry:write');
}
