import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE_MIB = 512;
const POWER_CUT = join(import.meta.dirname, 'power-cut.py');

/** Why there is no power to cut here, or undefined when there is. */
export function whyNoLoopDisk(): string | undefined {
  if (process.platform !== 'linux') return 'power cuts need Linux';
  if (process.getuid?.() !== 0) return 'power cuts need root';
  try {
    const disk = LoopDisk.make();
    disk.remove();
    return undefined;
  } catch (error) {
    return `this kernel mounts no loop device: ${String(error).slice(0, 200)}`;
  }
}

/** An ext4 in a file, mounted, whose power can be cut (knowledge: un-synced writes really disappear, see the calibration). */
export class LoopDisk {
  readonly folder: string;
  readonly #image: string;
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
    this.#image = join(root, 'disk.img');
    this.folder = join(root, 'mount');
  }

  static make(): LoopDisk {
    const disk = new LoopDisk(mkdtempSync(join(tmpdir(), 'cairn-disk-')));
    mkdirSync(disk.folder);
    run('truncate', '-s', `${SIZE_MIB}M`, disk.#image);
    run('mkfs.ext4', '-q', '-F', disk.#image);
    try {
      disk.mount();
    } catch (error) {
      rmSync(disk.#root, { recursive: true, force: true });
      throw error;
    }
    return disk;
  }

  mount(): void {
    run('mount', '-o', 'loop', this.#image, this.folder);
  }

  /** From here on nothing reaches the disk, and what had not reached it is lost. */
  cutPower(): void {
    run('python3', POWER_CUT, this.folder);
  }

  unmount(): void {
    run('umount', this.folder);
  }

  remove(): void {
    try {
      this.unmount();
    } catch {
      // It was not mounted.
    }
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
