import type { RunId } from '#core/domain/ids.ts';
import type { LoggedModel } from '#core/domain/logged-model.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from '../runs/find-run.ts';

/** The models that a run saved: those it names as outputs and those that name it as their source. @throws Fault `not_found`, `forbidden`. */
export async function listRunModels(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: { readonly run: RunId },
): Promise<readonly LoggedModel[]> {
  const run = await findRun(ports, principal, { run: ask.run, permission: 'model:read' });
  const outputs = new Set(run.modelOutputs.map((edge) => edge.model));
  const models = await ports.catalog.models([run.project]);
  return models
    .filter((model) => outputs.has(model.id) || model.sourceRun === run.id)
    .toSorted((a, b) => a.createdAt - b.createdAt);
}
