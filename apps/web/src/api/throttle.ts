/** Runs an action for a key at once, and again after a pause if it was asked for meanwhile. */
export class Throttle {
  readonly #pauseMs: number;
  readonly #act: (key: string) => void;
  /** Keys in their pause; true when they were asked for again. */
  readonly #resting = new Map<string, boolean>();

  constructor(pauseMs: number, act: (key: string) => void) {
    this.#pauseMs = pauseMs;
    this.#act = act;
  }

  ask(key: string): void {
    if (this.#resting.has(key)) {
      this.#resting.set(key, true);
      return;
    }
    this.#act(key);
    this.#rest(key);
  }

  #rest(key: string): void {
    this.#resting.set(key, false);
    setTimeout(() => {
      const isWanted = this.#resting.get(key) ?? false;
      this.#resting.delete(key);
      if (isWanted) this.ask(key);
    }, this.#pauseMs);
  }
}
