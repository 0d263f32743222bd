import { numberPlaceholders } from './placeholders.ts';

/** A statement as it is sent; with a name, the database parses and plans it once per connection. */
export interface SentStatement {
  readonly text: string;
  readonly name?: string;
}

/** Texts that are remembered; lists of ids make texts of many lengths. */
const KEPT_TEXTS = 1024;
/** Every prepared statement costs the database some ten kB for each connection. */
const MOST_NAMES = 256;
/** A text that is used this often gets a name. */
const USES_BEFORE_NAME = 3;

interface Known {
  readonly text: string;
  name?: string;
  uses: number;
}

/** Decides which statements of one connection are prepared: those that come again and again, within a bound. */
export class StatementNames {
  readonly #known = new Map<string, Known>();
  #names = 0;

  of(sql: string): SentStatement {
    let known = this.#known.get(sql);
    if (!known) {
      known = { text: numberPlaceholders(sql), uses: 0 };
      this.#known.set(sql, known);
      this.#forgetOne();
    }
    known.uses += 1;
    if (known.name === undefined && known.uses >= USES_BEFORE_NAME && this.#names < MOST_NAMES) {
      this.#names += 1;
      known.name = `cairn_${this.#names}`;
    }
    return known;
  }

  /** The oldest without a name: a name stands for its text as long as the connection lives. */
  #forgetOne(): void {
    if (this.#known.size <= KEPT_TEXTS) return;
    for (const [sql, { name }] of this.#known) {
      if (name !== undefined) continue;
      this.#known.delete(sql);
      return;
    }
  }
}
