import { expect, test } from 'vitest';
import { nodeSecrets } from './node-secrets.ts';

// RFC 9106's own vectors use a secret and associated data, which PHC strings have no place for; this one is from the
// reference implementation's test.c (argon2id, v=19, m=65536, t=2, p=1, "password", "somesalt").
const REFERENCE = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

test('a password is known again by its hash, and no other is', async () => {
  const phc = await nodeSecrets.hashPassword('correct horse battery');
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await nodeSecrets.verifyPassword('correct horse battery', phc)).toBe(true);
  expect(await nodeSecrets.verifyPassword('correct horse batterz', phc)).toBe(false);
  expect(await nodeSecrets.hashPassword('correct horse battery')).not.toBe(phc);
});

test('hashes of other parameters stay readable, and the reference implementation agrees', async () => {
  expect(await nodeSecrets.verifyPassword('password', REFERENCE)).toBe(true);
  expect(await nodeSecrets.verifyPassword('Password', REFERENCE)).toBe(false);
});

test.each(['', 'password', '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFh', '$2b$10$abc'])(
  'nobody has the password of %j',
  async (phc) => {
    expect(await nodeSecrets.verifyPassword('password', phc)).toBe(false);
  },
);

test('more log-ins at once than can wait are told to come again', async () => {
  const asked = Array.from({ length: 203 }, () =>
    nodeSecrets.verifyPassword('x', REFERENCE.replace('m=65536', 'm=8')),
  );
  const outcomes = await Promise.allSettled(asked);
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['unavailable']);
});

test('tokens are 43 letters and digits behind their prefix, each letter as likely as another', () => {
  expect(nodeSecrets.token('cairn-')).toMatch(/^cairn-[A-Za-z0-9]{43}$/);
  const counts = new Map<string, number>();
  for (let at = 0; at < 2000; at += 1) {
    for (const letter of nodeSecrets.token()) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect(counts.size).toBe(62);
  const expected = (2000 * 43) / 62;
  // Six standard deviations of a binomial count: a fair generator fails once in 10⁸ runs.
  for (const count of counts.values())
    expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
});

test('a hash is SHA-256 in hexadecimal', () => {
  expect(nodeSecrets.hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
