import type { Deployment } from '#core/domain/evaluation.ts';
import { Fault } from '#core/domain/fault.ts';
import type { DeploymentId } from '#core/domain/ids.ts';
import { assertText } from '#core/domain/names.ts';
import { authoriseVisibleModel } from '../access/authorise-registry.ts';
import { hideMissing } from '../access/hide-missing.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { assertEnvironment } from './environment.ts';
import { assertMoment } from './moment.ts';
import type { RegisteredModelRef } from '../registry/find-registered-model.ts';
import { findVersion } from '../registry/find-version.ts';
import type { VersionAddress } from '../registry/version-address.ts';

type Needs = Pick<Ports, 'registry' | 'catalog' | 'writer' | 'clock'>;
const URL_LIMIT = 2000;

/** Says that a version runs somewhere from now on. @throws Fault `not_found`, `forbidden`, `invalid`, `conflict` with what ran there after `startedAt`. */
export async function startDeployment(
  ports: Needs & Pick<Ports, 'ids'>,
  principal: Principal,
  ask: RegisteredModelRef & {
    readonly version: VersionAddress | string;
    readonly environment: string;
    readonly startedAt?: number;
    readonly url?: string;
    /** Leaves running what the model runs there already: a shadow, a part of the traffic. */
    readonly isBeside?: boolean;
    readonly reason?: string;
  },
): Promise<Deployment> {
  const { environment, url, reason = '' } = ask;
  assertEnvironment(environment);
  assertText('url', url ?? '', URL_LIMIT);
  assertText('reason', reason);
  const { model, version } = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
  const at = ports.clock.now();
  if (ask.startedAt !== undefined) assertMoment('startedAt', ask.startedAt, at);
  const startedAt = ask.startedAt ?? at;
  const others = await ports.registry.deployments(model.id);
  assertNoOverlap(others, { ...ask, startedAt, version: version.number });
  const id = ports.ids.deploymentId();
  const change = {
    kind: 'start-deployment',
    deployment: {
      id,
      version: { model: model.id, number: version.number },
      environment,
      startedAt,
      ...(url !== undefined && { url }),
    },
    isBeside: ask.isBeside ?? false,
    reason,
  } as const;
  await ports.writer.commit({ actor: actorOf(principal), at, changes: [change] });
  return found(ports, principal, id);
}

/** Says that it runs there no longer; idempotent. @throws Fault `not_found`, `forbidden`, `invalid` when it would end before it started. */
export async function endDeployment(
  ports: Needs,
  principal: Principal,
  ask: { readonly deployment: DeploymentId; readonly endedAt?: number; readonly reason?: string },
): Promise<Deployment> {
  const { deployment, reason = '' } = ask;
  assertText('reason', reason);
  const { endedAt: ended, startedAt } = await found(ports, principal, deployment, 'registry:write');
  const at = ports.clock.now();
  if (ask.endedAt !== undefined) assertMoment('endedAt', ask.endedAt, at);
  if (ended === undefined && ask.endedAt !== undefined && ask.endedAt < startedAt) {
    throw new Fault('invalid', 'The deployment cannot end before it started.', { field: 'endedAt' });
  }
  // Whoever started it may have had a clock that is ahead of this one.
  const endedAt = ask.endedAt ?? Math.max(at, startedAt);
  const change = { kind: 'end-deployment', deployment, endedAt, reason } as const;
  await ports.writer.commit({ actor: actorOf(principal), at, changes: [change] });
  return found(ports, principal, deployment);
}

function assertNoOverlap(
  deployments: readonly Deployment[],
  ask: {
    readonly environment: string;
    readonly startedAt: number;
    readonly version: number;
    readonly isBeside?: boolean;
  },
): void {
  const { environment, isBeside = false, startedAt, version } = ask;
  const other = deployments
    .filter((one) => one.environment === environment)
    .find((one) => {
      // What runs ends as this one starts, which must not be before it started itself.
      if (one.endedAt === undefined && !isBeside) return one.startedAt > startedAt;
      return one.version.number === version && one.endedAt !== undefined && one.endedAt > startedAt;
    });
  if (!other) return;
  throw new Fault(
    'conflict',
    `Deployment ${other.id} of version ${other.version.number} runs in ${environment} later than that.`,
    { field: 'startedAt' },
  );
}

async function found(
  ports: Pick<Ports, 'registry' | 'catalog'>,
  principal: Principal,
  id: DeploymentId,
  permission: 'registry:read' | 'registry:write' = 'registry:read',
): Promise<Deployment> {
  const deployment = await ports.registry.deployment(id);
  const model = deployment && (await ports.registry.registeredModel(deployment.version.model));
  const notFound = () => new Fault('not_found', `No deployment with id=${id}.`, { subject: 'deployment' });
  if (!model) throw hideMissing(principal, { permission, notFound });
  await authoriseVisibleModel(ports, principal, { model, permission, notFound });
  return deployment;
}
