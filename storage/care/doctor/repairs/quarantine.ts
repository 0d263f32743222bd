import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../durable-file.ts';

/** Files beside the store that keep what a repair took out of it, so that nothing is thrown away. */
export class Quarantine {
  readonly #folder: string;

  constructor(directory: string) {
    this.#folder = join(directory, 'quarantine');
  }

  /** Keeps rows as JSON, bytes in base64; durable when it resolves. Returns the file's name in the data directory. */
  async keep(name: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = `${name}.json`;
    await replaceFile(join(this.#folder, file), `${JSON.stringify(rows, asText)}\n`);
    return `quarantine/${file}`;
  }
}

function asText(_key: string, value: unknown): unknown {
  // A byte array in rows of node:sqlite; JSON.stringify has asked a Buffer's own toJSON before.
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}
