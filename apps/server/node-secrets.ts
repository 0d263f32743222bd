import { hash, randomBytes } from 'node:crypto';
import type { SecretHash } from '#core/domain/account.ts';
import type { Secrets } from '#core/tracking/ports/secrets.ts';
import { hashPassword, verifyPassword } from './argon2.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** The least n with 62^n ≥ 2^256. */
const LENGTH = 43;
/** Bytes from here on would favour the first letters. */
const UNFAIR = 256 - (256 % LETTERS.length);

/** Secrets by Node's own cryptography. */
export const nodeSecrets: Secrets = {
  token: (prefix = '') => prefix + randomLetters(),
  hash: (text) => hash('sha256', text, 'hex') as SecretHash,
  hashPassword,
  verifyPassword,
};

function randomLetters(): string {
  let text = '';
  while (text.length < LENGTH) {
    for (const byte of randomBytes(2 * LENGTH)) if (byte < UNFAIR) text += LETTERS[byte % LETTERS.length];
  }
  return text.slice(0, LENGTH);
}
