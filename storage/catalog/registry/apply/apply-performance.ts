import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { noDeployment, registeredIdTaken } from '#storage/sql/refusals.ts';
import { deploymentEnded, deploymentStarted, versionEvaluated } from '#storage/sql/registry-notes.ts';
import { nextNumber, type Applying } from '../../applying.ts';
import { addDeployment, deploymentWith, endRunning, setEnd } from '../deployments.ts';
import { addEdge } from '../edges.ts';
import { addEvaluation } from '../evaluations.ts';
import { activeRegistered, revised, storeRegistered } from '../registered-models.ts';
import { writeDown } from '../registry-entries.ts';
import { activeVersion } from '../versions.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

/** Numbers of all evaluations of the store. */
export const EVALUATIONS = 'evaluations';

export async function recordEvaluations(applying: Applying, change: Of<'record-evaluations'>): Promise<void> {
  const { model, version } = await activeVersion(applying, change.version);
  const note = versionEvaluated(version.number, change.evaluations);
  if (!note) return;
  const ref = { model: model.id, number: version.number };
  for (const evaluation of change.evaluations) {
    const number = await nextNumber(applying, EVALUATIONS);
    await addEvaluation(applying, { ...evaluation, number, version: ref, by: applying.actor });
  }
  await storeRegistered(applying, revised(model));
  if (!change.isRoutine) await writeDown(applying, model.id, note);
}

export async function startDeployment(applying: Applying, change: Of<'start-deployment'>): Promise<void> {
  const { db, actor } = applying;
  const { deployment, isBeside, reason } = change;
  const { id, environment, startedAt } = deployment;
  const { model, version } = await activeVersion(applying, deployment.version);
  if (await deploymentWith(db, id)) throw registeredIdTaken('deployment', id);
  const isReplaced = (one: { readonly environment: string }) => one.environment === environment;
  const ended = isBeside
    ? []
    : await endRunning(applying, model.id, { endedAt: startedAt, isMeant: isReplaced });
  const ref = { model: model.id, number: version.number };
  await addDeployment(applying, { ...deployment, version: ref, by: actor });
  await addEdge(applying, {
    from: { kind: 'version', ...ref },
    to: { kind: 'deployment', deployment: id },
    role: 'deployed',
  });
  await writeDown(applying, model.id, deploymentStarted(deployment, { ended, reason }));
}

export async function endDeployment(applying: Applying, change: Of<'end-deployment'>): Promise<void> {
  const deployment = await deploymentWith(applying.db, change.deployment);
  if (!deployment) throw noDeployment(change.deployment);
  const { id } = await activeRegistered(applying, deployment.version.model);
  if (deployment.endedAt !== undefined) return;
  await setEnd(applying, deployment, change.endedAt);
  await writeDown(applying, id, deploymentEnded(deployment, change.reason));
}
