import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const SIZE_MIB = 512;
const POWER_CUT = join(import.meta.dirname, 'power-cut.py');

/** Why there is no power to cut here, in one line, or undefined when there is. Throws in CI if only a program is missing. */
export function whyNoLoopDisk(): string | undefined {
  if (process.platform !== 'linux') return 'power cuts need Linux';
  if (process.getuid?.() !== 0) return 'power cuts need root';
  try {
    LoopDisk.make().remove();
    return undefined;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && process.env['CI'] === 'true') throw error;
    const [line] = String(error).split('\n').slice(-2);
    return isMissing
      ? `a program is missing (${String(error)})`
      : `this kernel mounts no loop device (${line})`;
  }
}

/** An ext4 in a file, mounted, whose power can be cut: what was not synced is really gone, see the calibration. */
export class LoopDisk {
  readonly folder: string;
  readonly #image: string;
  readonly #root: string;
  #isMounted = false;

  private constructor(root: string) {
    this.#root = root;
    this.#image = join(root, 'disk.img');
    this.folder = join(root, 'mount');
  }

  static make(): LoopDisk {
    const disk = new LoopDisk(mkdtempSync(join(tmpdir(), 'cairn-disk-')));
    try {
      mkdirSync(disk.folder);
      run('truncate', '-s', `${SIZE_MIB}M`, disk.#image);
      run('mkfs.ext4', '-q', '-F', disk.#image);
      disk.mount();
      return disk;
    } catch (error) {
      disk.remove();
      throw error;
    }
  }

  mount(): void {
    run('mount', '-o', 'loop', this.#image, this.folder);
    this.#isMounted = true;
  }

  /** From here on nothing reaches the disk, and what had not reached it is lost. */
  cutPower(): void {
    run('python3', POWER_CUT, this.folder);
  }

  /** What ext4 does when it meets an error on a dying disk: it becomes read-only until it is mounted again. */
  turnReadOnly(): void {
    run('mount', '-o', 'remount,errors=remount-ro', this.folder);
    const device = execFileSync('findmnt', ['-no', 'SOURCE', this.folder], { encoding: 'utf8' }).trim();
    try {
      writeFileSync(`/sys/fs/ext4/${basename(device)}/trigger_fs_error`, '1');
    } catch (error) {
      // The kernel says so of the very write that brought it about.
      if ((error as { code?: unknown }).code !== 'EROFS') throw error;
    }
  }

  unmount(): void {
    run('umount', this.folder);
    this.#isMounted = false;
  }

  /** Unmounts it in any case: one that a process still holds is detached now and freed when that process ends. */
  remove(): void {
    if (this.#isMounted) {
      try {
        this.unmount();
      } catch {
        run('umount', '--lazy', this.folder);
      }
    }
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
