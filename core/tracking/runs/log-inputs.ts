import { assertInputDataset, type InputDataset } from '#core/domain/dataset.ts';
import type { RunId } from '#core/domain/ids.ts';
import type { ModelEdge } from '#core/domain/run.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from './find-run.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock'>;

/** Says what a run used. @throws Fault `not_found`, `forbidden`, `invalid`. */
export async function logInputs(
  ports: Needs,
  principal: Principal,
  ask: {
    readonly run: RunId;
    readonly datasets: readonly InputDataset[];
    readonly models: readonly ModelEdge[];
  },
): Promise<void> {
  await findRun(ports, principal, { run: ask.run, permission: 'run:write' });
  for (const input of ask.datasets) assertInputDataset(input);
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'add-inputs', run: ask.run, datasets: ask.datasets, models: ask.models }],
  });
}

/** Says what a run made. @throws Fault `not_found`, `forbidden`, `invalid`. */
export async function logOutputs(
  ports: Needs,
  principal: Principal,
  ask: { readonly run: RunId; readonly models: readonly ModelEdge[] },
): Promise<void> {
  await findRun(ports, principal, { run: ask.run, permission: 'run:write' });
  await ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes: [{ kind: 'add-outputs', run: ask.run, models: ask.models }],
  });
}
