import type { Deployment } from '#core/domain/evaluation.ts';
import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { noDeployment, registeredIdTaken } from '#storage/sql/refusals.ts';
import { deploymentEnded, deploymentStarted } from '#storage/sql/registry-notes.ts';
import { addEdge } from './lineage.ts';
import { activeRegistered, activeVersion, writeDown } from './registered.ts';
import type { Applying } from './state.ts';

type Of<Kind extends RegistryChange['kind']> = Extract<RegistryChange, { kind: Kind }>;

export function startDeployment(applying: Applying, change: Of<'start-deployment'>): void {
  const { state, actor } = applying;
  const { id, version, environment, startedAt, url } = change.deployment;
  const { model, number } = activeVersion(applying, version).version;
  if (state.deployments.has(id)) throw registeredIdTaken('deployment', id);
  const ended = change.isBeside
    ? []
    : endDeployments(applying, startedAt, (one) => {
        return one.version.model === model && one.environment === environment;
      });
  const ref = { model, number };
  state.deployments.set(id, {
    id,
    version: ref,
    environment,
    startedAt,
    by: actor,
    ...(url !== undefined && { url }),
  });
  addEdge(applying, { kind: 'version', ...ref }, { kind: 'deployment', deployment: id }, 'deployed');
  writeDown(applying, model, deploymentStarted(change.deployment, { ended, reason: change.reason }));
}

export function endDeployment(applying: Applying, change: Of<'end-deployment'>): void {
  const { state } = applying;
  const deployment = state.deployments.get(change.deployment);
  if (!deployment) throw noDeployment(change.deployment);
  const { id } = activeRegistered(applying, deployment.version.model);
  if (deployment.endedAt !== undefined) return;
  state.deployments.set(deployment.id, { ...deployment, endedAt: change.endedAt });
  writeDown(applying, id, deploymentEnded(deployment, change.reason));
}

/** Ends those that run, not before each started; their ids. */
export function endDeployments(
  { state }: Applying,
  endedAt: number,
  isMeant: (deployment: Deployment) => boolean,
): readonly Deployment['id'][] {
  const running = state.deployments.values().filter((one) => one.endedAt === undefined && isMeant(one));
  const meant = running.toArray();
  for (const one of meant) {
    state.deployments.set(one.id, { ...one, endedAt: Math.max(endedAt, one.startedAt) });
  }
  return meant.map(({ id }) => id);
}
