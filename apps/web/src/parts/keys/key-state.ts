import type { ApiKeyJson } from '../../api/identity.ts';

export type KeyState = 'active' | 'soon' | 'expired' | 'revoked';

const SOON_MS = 7 * 86_400_000;

export function keyState(key: ApiKeyJson, now: number): KeyState {
  if (key.revokedAt !== undefined) return 'revoked';
  if (key.expiresAt === undefined || key.expiresAt - now > SOON_MS) return 'active';
  return key.expiresAt > now ? 'soon' : 'expired';
}

export function isEnded(key: ApiKeyJson, now: number): boolean {
  return ['expired', 'revoked'].includes(keyState(key, now));
}

/** Those that work first, the newest on top. */
export function inOrder(keys: readonly ApiKeyJson[], now: number): ApiKeyJson[] {
  return keys.toSorted(
    (a, b) => Number(isEnded(a, now)) - Number(isEnded(b, now)) || b.createdAt - a.createdAt,
  );
}
