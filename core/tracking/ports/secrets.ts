import type { SecretHash } from '#core/domain/account.ts';

/** Making and checking secrets. Nothing that goes in or out is ever logged. */
export interface Secrets {
  /** `prefix` and behind it 43 letters and digits of a cryptographic generator (256 bits): a key with `cairn-`, a session or an invitation without a prefix. */
  token(prefix?: string): string;
  /** SHA-256 of the UTF-8 text, 64 lower-case hexadecimal digits. Fast, so only for what `token` made, and for checksums. */
  hash(text: string): SecretHash;
  /** Argon2id as a PHC string with a salt of its own. Slow on purpose, off the main thread. */
  hashPassword(password: string): Promise<string>;
  /** As slow as `hashPassword` whatever the answer; false also for a string that is no PHC. */
  verifyPassword(password: string, phc: string): Promise<boolean>;
}
