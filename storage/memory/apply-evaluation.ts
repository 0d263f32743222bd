import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { versionEvaluated } from '#storage/sql/registry-notes.ts';
import { activeVersion, revise, writeDown } from './registered.ts';
import type { Applying } from './state.ts';

export function recordEvaluations(
  applying: Applying,
  change: Extract<RegistryChange, { kind: 'record-evaluations' }>,
): void {
  const { state, actor, touched } = applying;
  const { model, number: version } = activeVersion(applying, change.version).version;
  const note = versionEvaluated(version, change.evaluations);
  if (!note) return;
  for (const evaluation of change.evaluations) {
    const number = state.evaluations.size + 1;
    state.evaluations.set(number, { ...evaluation, number, version: { model, number: version }, by: actor });
  }
  revise(applying, model);
  if (change.isRoutine) touched.registered(model);
  else writeDown(applying, model, note);
}
