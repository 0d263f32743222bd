import { Fault } from '#core/domain/fault.ts';
import { isPrompt } from '#core/domain/registry.ts';
import { findRegisteredModel } from '#core/tracking/registry/find-registered-model.ts';
import type { Context } from '../../operation.ts';

/**
 * Says a refused name in MLflow's words, and whether a prompt has it if the principal may see that. Passes on every other
 * error as it is.
 */
export async function sayNameTaken(
  error: unknown,
  { ports, principal, workspace }: Pick<Context, 'ports' | 'principal' | 'workspace'>,
  { isForPrompt, name }: { readonly name: string; readonly isForPrompt: boolean },
): Promise<never> {
  if (!(error instanceof Fault && error.code === 'conflict')) throw error;
  const holder = await findRegisteredModel(ports, principal, { workspace, name }).catch(() => undefined);
  const word = (isOfPrompt: boolean) => (isOfPrompt ? 'Prompt' : 'Registered Model');
  const taken = word(holder ? isPrompt(holder) : isForPrompt);
  const wanted = word(isForPrompt);
  const message =
    taken === wanted
      ? `${wanted} (name=${name}) already exists.`
      : `Tried to create a ${wanted.toLowerCase()} with name '${name}', but the name is already taken by a ${taken.toLowerCase()}. MLflow does not allow creating a model and a prompt with the same name.`;
  throw new Fault('conflict', message, error.details, error);
}
