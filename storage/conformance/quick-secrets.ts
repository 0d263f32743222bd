import { createHash } from 'node:crypto';
import type { SecretHash } from '#core/domain/account.ts';
import type { Secrets } from '#core/tracking/ports/secrets.ts';

/** Secrets for tests: in order instead of at random, and passwords that are hashed at once. Real SHA-256, so that audit chains fit. */
export function quickSecrets(): Secrets & { readonly verifications: number } {
  let made = 0;
  let verifications = 0;
  return {
    token: (prefix = '') => `${prefix}${String((made += 1)).padStart(43, 'x')}`,
    hash: (text) => createHash('sha256').update(text).digest('hex') as SecretHash,
    hashPassword: async (password) => `$quick$${password}`,
    verifyPassword: async (password, phc) => {
      verifications += 1;
      return phc === `$quick$${password}`;
    },
    get verifications() {
      return verifications;
    },
  };
}
