import { createHash } from 'node:crypto';
import { describe, expect } from 'vitest';
import { checkChain, FIRST_PREVIOUS } from '#core/domain/chain.ts';
import type { RegisteredModelId } from '#core/domain/ids.ts';
import { canonicalRegistryEntry, type RegistryEntry } from '#core/domain/registry-log.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { AT, commitOf, tagsOf } from './sample-changes.ts';
import {
  CHURN,
  createRegistered,
  notesOf,
  PASSED,
  promote,
  registeredIdOf,
  registerVersion,
  versionOf,
} from './sample-registry.ts';
import { specify, type MakeStore } from './specify.ts';

const BOB = { kind: 'service', id: 'bob' } as const;
const OTHER = registeredIdOf(2);
const MANY = 600;

/** Specifies the log of a registered model. */
export function registryLogSuite(name: string, makeStore: MakeStore): void {
  const it = specify(makeStore);

  describe(`${name}: the log of a registered model`, () => {
    it('is a chain of its own for each model', async (store) => {
      const { writer } = store;
      await writer.commit(commitOf([createRegistered(), createRegistered(2, 'b')]));
      await writer.commit(
        commitOf([registerVersion(), registerVersion({}, { model: OTHER }), promote(1)], {
          actor: BOB,
          at: AT + 1,
        }),
      );
      const [first, second, third] = await trail(store);
      expect(first).toMatchObject({ model: CHURN, number: 1, previous: FIRST_PREVIOUS, at: AT });
      expect(second).toMatchObject({ number: 2, previous: first?.hash, actor: BOB, at: AT + 1 });
      expect(third).toMatchObject({ number: 3, previous: second?.hash });
      expect((await trail(store, OTHER)).map(({ number }) => number)).toEqual([1, 2]);
      expect(await verdict(store)).toEqual({ entries: 3, isIntact: true });
      expect(await verdict(store, OTHER)).toEqual({ entries: 2, isIntact: true });
      expect(await verdict(store, registeredIdOf(9))).toEqual({ entries: 0, isIntact: true });
    });

    it('verifies whatever the texts are', async (store) => {
      const odd = 'a"\\\n\u2028 🎉';
      const tags = [...tagsOf({ 1: 'x', 0: odd, [odd]: '' }), { key: '__proto__', value: 'p' }];
      await store.writer.commit(
        commitOf([
          createRegistered(1, odd),
          { kind: 'set-registered-tags', model: CHURN, tags },
          registerVersion({ source: odd }),
          promote(1, { kind: 'stage', name: odd }, { reason: odd, checks: [{ ...PASSED, detail: odd }] }),
        ]),
      );
      expect(await verdict(store)).toEqual({ entries: 4, isIntact: true });
      expect((await notesOf(store))[1]?.details).toEqual(
        Object.fromEntries(tags.map(({ key, value }) => [`tag ${key}`, value])),
      );
    });

    it('is read newest first, page by page, also of one version', async ({ writer, registry }) => {
      await writer.commit(
        commitOf([createRegistered(), registerVersion(), registerVersion(), promote(1), promote(2)]),
      );
      const read = async (ask: Partial<Parameters<typeof registry.registryLog>[0]>) => {
        const entries = await registry.registryLog({ model: CHURN, limit: 99, ...ask });
        return entries.map(({ number }) => number);
      };
      expect(await read({})).toEqual([5, 4, 3, 2, 1]);
      expect(await read({ limit: 2 })).toEqual([5, 4]);
      expect(await read({ limit: 2, before: 4 })).toEqual([3, 2]);
      expect(await read({ version: 1 })).toEqual([4, 2]);
      expect(await read({ version: 1, before: 4 })).toEqual([2]);
      expect(await read({ model: OTHER })).toEqual([]);
    });

    it('stays whole after the model is deleted', async (store) => {
      await store.writer.commit(
        commitOf([createRegistered(), { kind: 'delete-registered-model', model: CHURN, reason: 'r' }]),
      );
      expect((await notesOf(store)).map(({ action }) => action)).toEqual(['model.created', 'model.deleted']);
      expect(await verdict(store)).toEqual({ entries: 2, isIntact: true });
    });

    it('keeps nothing of a commit that was refused', async (store) => {
      const { writer } = store;
      await writer.commit(commitOf([createRegistered()]));
      const refused = commitOf([registerVersion(), promote(1), promote(9)]);
      await expect(writer.commit(refused)).rejects.toMatchObject({ code: 'not_found' });
      await writer.commit(commitOf([registerVersion()]));
      expect((await notesOf(store)).map(({ action }) => action)).toEqual([
        'model.created',
        'version.registered',
      ]);
      expect(await verdict(store)).toMatchObject({ isIntact: true });
    });

    it('is read in parts however long it is, and whole while others write', async (store) => {
      const { writer, registry } = store;
      await writer.commit(commitOf([createRegistered(), registerVersion()]));
      await writer.commit(
        commitOf(
          Array.from({ length: MANY }, (_, i) => ({
            kind: 'set-version-tags',
            version: versionOf(1),
            tags: tagsOf({ a: String(i) }),
          })),
        ),
      );
      let isWritten = false;
      let count = 0;
      for await (const { number } of registry.registryTrail(CHURN)) {
        expect(number).toBe((count += 1));
        if (!isWritten) await writer.commit(commitOf([promote(1)]));
        isWritten = true;
      }
      expect(count).toBeGreaterThanOrEqual(MANY + 2);
      expect(await verdict(store)).toEqual({ entries: MANY + 3, isIntact: true });
    });
  });
}

async function trail(
  { registry }: Store,
  model: RegisteredModelId = CHURN,
): Promise<readonly RegistryEntry[]> {
  const entries: RegistryEntry[] = [];
  for await (const entry of registry.registryTrail(model)) entries.push(entry);
  return entries;
}

async function verdict({ registry }: Store, model: RegisteredModelId = CHURN) {
  return checkChain(registry.registryTrail(model), {
    canonical: canonicalRegistryEntry,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
}
