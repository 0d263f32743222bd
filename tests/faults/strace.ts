import { spawnSync } from 'node:child_process';

/** Why system calls cannot be made to fail here, in one line; undefined when they can. Throws in CI. */
export function whyNoStrace(): string | undefined {
  const tried = spawnSync('strace', ['-D', '-f', '-o', '/dev/null', 'true']);
  if (tried.status === 0) return undefined;
  const reason = 'strace is not installed or may not trace';
  if (process.env['CI'] === 'true') throw new Error(`${reason}: npm test installs it as root under CI=true`);
  return reason;
}

/**
 * The command under which a process keeps its pid while some of its system calls fail or are slow.
 * @param fault strace's own words after `inject=`: `fsync,fdatasync:error=EIO:when=7`.
 */
export function injecting(...faults: readonly string[]): readonly string[] {
  const injects = faults.flatMap((fault) => ['-e', `inject=${fault}`]);
  const calls = faults.map((fault) => fault.slice(0, fault.indexOf(':'))).join(',');
  return ['strace', '-D', '-f', '-q', '-o', '/dev/null', '-e', `trace=${calls}`, ...injects];
}
