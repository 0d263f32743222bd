import { Fault } from '#core/domain/fault.ts';
import { findProjectByName } from '#core/tracking/projects/find-project.ts';
import type { Context } from '../../operation.ts';

/**
 * Says a refused name in MLflow's word, and by whom it is taken: lists do not show deleted experiments, and their names
 * stay theirs. Passes on every other error, and this one as it is when the holder may not be seen.
 */
export async function sayTaken(
  error: unknown,
  { ports, principal, workspace }: Context,
  name: string,
): Promise<never> {
  if (!(error instanceof Fault && error.code === 'conflict')) throw error;
  const holder = await findProjectByName(ports, principal, { workspace, name }).catch(() => undefined);
  if (holder === undefined) throw error;
  const shown = `Experiment '${name.slice(0, 100)}' already exists`;
  const message =
    holder.deletedAt === undefined
      ? `${shown}.`
      : `${shown} and is deleted: restore it (id ${holder.id}), or choose another name.`;
  throw new Fault('conflict', message, error.details, error);
}
