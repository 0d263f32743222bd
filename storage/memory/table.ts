/** Takes back one change. */
export type Undo = () => void;

/** A map that writes how to take each change back into a log shared with other tables. Values are never mutated. */
export class Table<Key, Value> {
  readonly #rows = new Map<Key, Value>();
  readonly #log: Undo[];

  constructor(log: Undo[]) {
    this.#log = log;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: Key): Value | undefined {
    return this.#rows.get(key);
  }

  has(key: Key): boolean {
    return this.#rows.has(key);
  }

  set(key: Key, value: Value): void {
    this.#remember(key);
    this.#rows.set(key, value);
  }

  delete(key: Key): void {
    this.#remember(key);
    this.#rows.delete(key);
  }

  /** In order of first insertion. */
  values(): IteratorObject<Value> {
    return this.#rows.values();
  }

  entries(): IteratorObject<[Key, Value]> {
    return this.#rows.entries();
  }

  #remember(key: Key): void {
    const wasThere = this.#rows.has(key);
    const before = this.#rows.get(key);
    this.#log.push(() => {
      if (wasThere) this.#rows.set(key, before as Value);
      else this.#rows.delete(key);
    });
  }
}
