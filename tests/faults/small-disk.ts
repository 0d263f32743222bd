import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why no disk can be mounted here, in one line; undefined when one can. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== 'linux') return 'mounting a small disk needs Linux';
  if (process.getuid?.() !== 0) return 'mounting a small disk needs root';
  try {
    SmallDisk.make({ sizeMib: 1 }).remove();
    return undefined;
  } catch (error) {
    return `no tmpfs can be mounted (${String(error).split('\n').at(-1)})`;
  }
}

export interface DiskSize {
  readonly sizeMib: number;
  /** Files and folders that fit; as many as one likes when absent. */
  readonly inodes?: number;
}

const BALLAST = 'ballast';
const BLOCK = Buffer.alloc(64 * 1024, 7);

/** A tmpfs of its own that a test can fill, freeze and free; nothing else of the machine is touched. */
export class SmallDisk {
  readonly folder: string;
  #isMounted = false;

  private constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'cairn-small-disk-'));
  }

  static make({ sizeMib, inodes }: DiskSize): SmallDisk {
    const disk = new SmallDisk();
    try {
      const options = [`size=${sizeMib}m`, ...(inodes === undefined ? [] : [`nr_inodes=${inodes}`])];
      run('mount', '-t', 'tmpfs', '-o', options.join(','), 'tmpfs', disk.folder);
      disk.#isMounted = true;
      return disk;
    } catch (error) {
      disk.remove();
      throw error;
    }
  }

  /** Takes all space that is left but so many bytes. */
  fill(leftBytes = 0): void {
    const file = openSync(join(this.folder, BALLAST), 'a');
    let bytes = 0;
    try {
      for (;;) bytes += writeSync(file, BLOCK);
    } catch (error) {
      if (codeOf(error) !== 'ENOSPC') throw error;
      if (leftBytes > 0) ftruncateSync(file, Math.max(0, bytes - leftBytes));
    } finally {
      closeSync(file);
    }
  }

  /** Gives back what `fill` or `useUpInodes` took. */
  free(): void {
    rmSync(join(this.folder, BALLAST), { recursive: true, force: true });
    for (const path of this.#empty.splice(0)) rmSync(path);
  }

  readonly #empty: string[] = [];

  /** Makes empty files until no more can be made. */
  useUpInodes(): void {
    for (;;) {
      const path = join(this.folder, `empty-${this.#empty.length}`);
      try {
        closeSync(openSync(path, 'wx'));
      } catch (error) {
        if (codeOf(error) === 'ENOSPC') return;
        throw error;
      }
      this.#empty.push(path);
    }
  }

  /** Detached in any case: one that a process still holds is freed when that process ends. */
  remove(): void {
    if (this.#isMounted) run('umount', '--lazy', this.folder);
    this.#isMounted = false;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code);
}
