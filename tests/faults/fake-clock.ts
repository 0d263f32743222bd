import { existsSync, globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIBRARY = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')[0];

/** Why the clock of a process cannot be moved here, in one line; undefined when it can. Throws in CI. */
export function whyNoFakeClock(): string | undefined {
  if (LIBRARY !== undefined && existsSync(LIBRARY)) return undefined;
  const reason = 'libfaketime is not installed';
  if (process.env['CI'] === 'true') throw new Error(`${reason}: npm test installs it as root under CI=true`);
  return reason;
}

/** A wall clock for processes started with `env`: it jumps while they run, and the monotonic one goes on as it should. */
export interface FakeClock {
  readonly env: Readonly<Record<string, string>>;
  /** From the real time: `+3650d`, `-1d`. */
  jump(offset: string): void;
}

export function fakeClock(folder: string): FakeClock {
  const file = join(folder, 'clock');
  const jump = (offset: string) => writeFileSync(file, `${offset}\n`);
  jump('+0');
  return {
    env: {
      LD_PRELOAD: LIBRARY ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    jump,
  };
}
