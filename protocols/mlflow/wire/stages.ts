import { Fault } from '#core/domain/fault.ts';
import { DEFAULT_STAGES, type RegisteredModel } from '#core/domain/registry.ts';

const SPELLED: Readonly<Record<string, string>> = {
  none: 'None',
  staging: 'Staging',
  production: 'Production',
  archived: 'Archived',
};
/** Those that a transition may empty. */
const ACTIVE: ReadonlySet<string> = new Set(['staging', 'production']);

/** MLflow's four stages begin with a capital; others are the words that their model's people chose. */
export function presentStage(stage: string): string {
  return SPELLED[stage] ?? stage;
}

/** A stage in any case: one of MLflow's four, or one that the model knows. @throws Fault `invalid`. */
export function stageOf(text: string, { gates, stages }: Pick<RegisteredModel, 'gates' | 'stages'>): string {
  const stage = text.toLowerCase();
  const gated = gates.some(({ target }) => target.kind === 'stage' && target.name === stage);
  if (SPELLED[stage] !== undefined || stages.has(stage) || gated) return stage;
  const known = DEFAULT_STAGES.map(presentStage).join(', ');
  throw new Fault(
    'invalid',
    `Invalid Model Version stage: ${text.slice(0, 80)}. Value must be one of ${known}.`,
    { field: 'stage' },
  );
}

/** @throws Fault `invalid` when a transition to this stage cannot archive the versions that are in it. */
export function assertArchiving(stage: string): void {
  if (ACTIVE.has(stage)) return;
  throw new Fault(
    'invalid',
    `Model version transition cannot archive existing model versions because '${presentStage(stage)}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
    { field: 'archive_existing_versions' },
  );
}
