// Many clients that register versions of one model at once, for engines with one server and with several.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { checkChain } from '#core/domain/chain.ts';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { canonicalRegistryEntry } from '#core/domain/registry-log.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { commitOf } from '#storage/conformance/sample-changes.ts';
import { CHURN, createRegistered, registerVersion, versionOf } from '#storage/conformance/sample-registry.ts';

const CLIENTS = 32;
const EACH = 5;
const ALL = CLIENTS * EACH;
/** What they are given together. */
export const NUMBERS: readonly number[] = Array.from({ length: ALL }, (_, i) => i + 1);

/**
 * 32 clients, spread over the servers, each waiting for one version before it registers the next. Each number is that of
 * what its client registered, and every server shows all of them and one unbroken log. Gives the numbers, ascending.
 */
export async function registerAtOnce(
  servers: readonly Pick<Store, 'writer' | 'registry'>[],
): Promise<readonly number[]> {
  const [first] = servers;
  await first?.writer.commit(commitOf([createRegistered()]));
  const given: number[] = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const server = servers[client % servers.length];
      for (let n = 0; n < EACH; n += 1) {
        const runLink = `client ${client}, version ${n}`;
        const receipt = await server?.writer.commit(commitOf([registerVersion({ runLink })]));
        const [number = 0] = receipt?.versions ?? [];
        given.push(number);
        expect((await server?.registry.modelVersion(versionOf(number)))?.runLink).toBe(runLink);
        expect((await server?.registry.registeredModel(CHURN))?.lastVersion).toBeGreaterThanOrEqual(number);
      }
    }),
  );
  for (const { registry } of servers) {
    const versions = await registry.findVersions({ workspace: DEFAULT_WORKSPACE, models: [CHURN] });
    expect(versions.map(({ number }) => number)).toEqual(NUMBERS);
    expect(await registry.registeredModel(CHURN)).toMatchObject({ versions: ALL, lastVersion: ALL });
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    const chain = { canonical: canonicalRegistryEntry, hash };
    expect(await checkChain(registry.registryTrail(CHURN), chain)).toEqual({
      entries: ALL + 1,
      isIntact: true,
    });
  }
  return given.toSorted((a, b) => a - b);
}
