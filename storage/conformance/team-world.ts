import { accountId, keyId, teamId } from '#core/domain/account.ts';
import { deploymentId, modelId, promotionId, registeredModelId, runId } from '#core/domain/ids.ts';
import type { Ports, Store } from '#core/tracking/ports/ports.ts';
import { quickSecrets } from './quick-secrets.ts';

/** A clock that stands still until it is set, ms UTC. */
export interface SetClock {
  now: number;
}

/** All ports over a store, for tests of what a team does: quick secrets, ids in order. */
export function teamPorts(
  store: Store,
  clock: SetClock,
): Ports & { readonly secrets: ReturnType<typeof quickSecrets> } {
  let made = 0;
  const digits = (length: number): string => (made += 1).toString(16).padStart(length, '0');
  return {
    ...store,
    secrets: quickSecrets(),
    clock: { now: () => clock.now },
    ids: {
      runId: () => runId(digits(32)),
      modelId: () => modelId(`m-${digits(32)}`),
      accountId: () => accountId(`u-${digits(16)}`),
      teamId: () => teamId(`t-${digits(16)}`),
      keyId: () => keyId(`k-${digits(16)}`),
      registeredModelId: () => registeredModelId(`rm-${digits(32)}`),
      promotionId: () => promotionId(`pr-${digits(32)}`),
      deploymentId: () => deploymentId(`d-${digits(32)}`),
      name: () => `calm-otter-${made}`,
    },
  };
}
