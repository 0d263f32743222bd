import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { Fault } from '#core/domain/fault.ts';

// Passwords by Argon2id (RFC 9106) as PHC strings, so that a later choice of parameters leaves the old hashes readable:
// `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. 19 MiB, two passes, one lane: the least that OWASP recommends, about
// 10 ms here; more would let log-ins starve the logging of runs.

const MEMORY_KIB = 19 * 1024;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** At most 38 MiB and two of libuv's four threads, whatever log-ins arrive. */
const AT_ONCE = 2;
/** Two seconds' work; who comes later is told to come again. */
const MOST_WAITING = 200;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const derive = promisify(argon2);

let running = 0;
const waiting: (() => void)[] = [];

/** @throws Fault `unavailable` when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES);
  const hash = await inTurn({
    message: password,
    nonce,
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: LANES,
    tagLength: HASH_BYTES,
  });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(hash)}`;
}

/**
 * As slow for a text that is no hash of ours, which is no password's: whoever asks about a stranger learns nothing.
 * Compares in constant time.
 * @throws Fault `unavailable` when too many wait.
 */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(phc) ?? [];
  if (memory === undefined) {
    await hashPassword(password);
    return false;
  }
  const expected = Buffer.from(hash, 'base64');
  const actual = await inTurn({
    message: password,
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected);
}

async function inTurn(parameters: Argon2Parameters): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) {
      throw new Fault('unavailable', 'Too many people log in at this moment.', { retryAfterSeconds: 3 });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await derive('argon2id', parameters);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
