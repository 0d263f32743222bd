import { foldedName, type Account } from '#core/domain/account.ts';
import { SYSTEM } from '#core/domain/actor.ts';
import { Fault } from '#core/domain/fault.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import type { Secrets } from '../ports/secrets.ts';
import { newSession, type Asker, type LoggedIn } from './new-session.ts';

/**
 * Opens a session by password. An unknown name, a wrong password and a disabled account are refused with one sentence
 * and take the same time: each refusal is audited, and waits for the disk. A name that is no account's is not recorded,
 * for that is mostly a password typed into the wrong field.
 * @throws Fault `unauthenticated`.
 */
export async function logIn(
  ports: Pick<Ports, 'identity' | 'secrets' | 'writer' | 'clock'>,
  asker: Asker,
  ask: { readonly name: string; readonly password: string },
): Promise<LoggedIn> {
  const account = await ports.identity.accountNamed(foldedName(ask.name));
  const stored = account && (await ports.identity.passwordHash(account.id));
  const standIn = await standInFor(ports.secrets);
  const password = ask.password.normalize('NFKC');
  const isRight = await ports.secrets.verifyPassword(password, stored ?? standIn);
  const at = ports.clock.now();
  if (!account || !stored || !isRight || account.disabledAt !== undefined) {
    await recordRefusal(ports, asker, { account, isRight, at });
    throw new Fault('unauthenticated', 'The name or the password is wrong.');
  }
  const { secret, expiresAt, changes } = newSession(ports, asker, { account: account.id, at });
  await ports.writer.commit({ actor: { kind: 'user', id: account.id }, at, changes });
  return { account, secret, expiresAt };
}

async function recordRefusal(
  ports: Pick<Ports, 'writer'>,
  asker: Asker,
  refusal: { readonly account: Account | undefined; readonly isRight: boolean; readonly at: number },
): Promise<void> {
  const { account, isRight, at } = refusal;
  const note = audited(asker, {
    action: 'session.refused',
    ...(account
      ? {
          subject: `account ${account.id}`,
          details: { name: account.name, reason: isRight ? 'disabled' : 'wrong password' },
        }
      : { subject: 'no account', details: { reason: 'unknown name' } }),
  });
  await ports.writer.commit({ actor: SYSTEM, at, changes: [note] });
}

const standIns = new WeakMap<Secrets, Promise<string>>();

/** The hash of a password that nobody has, made once: unknown names cost what known ones cost. */
function standInFor(secrets: Secrets): Promise<string> {
  const made = standIns.get(secrets) ?? secrets.hashPassword(secrets.token());
  standIns.set(secrets, made);
  return made;
}
