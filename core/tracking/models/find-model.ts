import { Fault } from '#core/domain/fault.ts';
import type { ModelId } from '#core/domain/ids.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import type { Permission } from '#core/domain/permission.ts';
import { hideMissing } from '../access/hide-missing.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseInProject } from '../runs/find-run.ts';

/** @throws Fault `not_found` also when deleted, `forbidden`. */
export async function findModel(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly model: ModelId; readonly permission?: Permission },
): Promise<LoggedModel> {
  const { permission = 'model:read' } = ask;
  const model = await ports.catalog.model(ask.model);
  const notFound = () =>
    new Fault('not_found', `Logged model with ID '${ask.model}' not found.`, {
      subject: 'logged model',
    });
  if (!model) throw hideMissing(principal, { permission, notFound });
  await authoriseInProject(ports, principal, { project: model.project, permission, notFound });
  return model;
}
