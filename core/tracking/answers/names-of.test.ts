import { expect, test } from 'vitest';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import { createAccount } from '../accounts/create-account.ts';
import { SYSTEM } from '#core/domain/actor.ts';
import { namesOf } from './names-of.ts';

test('an actor is shown by the display name of his account, and who has none by a word', async () => {
  const ports = teamPorts(memoryStore(), { now: 1_000 });
  const { account: ana } = await createAccount(ports, LOCAL_OWNER, {
    kind: 'user',
    name: 'ana',
    displayName: 'Ana Ortiz',
  });
  const { account: bot } = await createAccount(ports, LOCAL_OWNER, { kind: 'service', name: 'bot' });
  const nameOf = await namesOf(ports);
  expect(nameOf({ kind: 'user', id: ana.id })).toBe('Ana Ortiz');
  expect(nameOf({ kind: 'service', id: bot.id })).toBe('bot');
  expect(nameOf({ kind: 'local', id: 'local' })).toBe('owner');
  expect(nameOf(SYSTEM)).toBe('cairn');
  expect(nameOf({ kind: 'user', id: 'u-gone' })).toBe('u-gone');
});
