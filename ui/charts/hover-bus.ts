/** What the pointer is on, for every chart and row of a page at once. */
export interface Hover {
  /** The x value under the crosshair, in data units. */
  readonly x: number | null;
  /** The line (and table row) in focus. */
  readonly id: string | null;
}

/**
 * Carries the crosshair and the line in focus from the chart or row under the pointer to all others, without a render:
 * charts move their overlay themselves. One bus for each group of charts that share an x axis.
 */
export class HoverBus {
  #hover: Hover = { x: null, id: null };
  readonly #listeners = new Set<(hover: Hover) => void>();

  get(): Hover {
    return this.#hover;
  }

  set(change: Partial<Hover>): void {
    const next = { ...this.#hover, ...change };
    if (next.x === this.#hover.x && next.id === this.#hover.id) return;
    this.#hover = next;
    for (const listener of this.#listeners) listener(next);
  }

  subscribe(listener: (hover: Hover) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
