import type { CommitEvent } from '../ports/writer.ts';

/** Whether what is remembered of an account, and of what it may, is old after a commit. */
export function concerns({ identity }: Pick<CommitEvent, 'identity'>, account: string): boolean {
  if (identity === undefined) return false;
  return identity === 'all' || identity.includes(account);
}
