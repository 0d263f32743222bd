/** Where a page ended: its last item, and how many items there were up to and with it. */
export interface Place {
  readonly position: number;
  readonly id: string;
}

/**
 * Where the next page begins: right behind the item as long as it is in the result, whatever was inserted before;
 * otherwise where it stood, so that nothing is skipped. 0 without a place.
 */
export function startAfter<Item>(
  found: readonly Item[],
  place: Place | undefined,
  idOf: (item: Item) => string,
): number {
  if (!place) return 0;
  if (isAt(found, place, idOf)) return place.position;
  const at = found.findIndex((item) => idOf(item) === place.id);
  return at < 0 ? Math.max(0, place.position - 1) : at + 1;
}

/** Whether the place is where it was: then only what comes first of the result need be known. */
export function isAt<Item>(
  found: readonly Item[],
  { position, id }: Place,
  idOf: (item: Item) => string,
): boolean {
  const guess = found[position - 1];
  return guess !== undefined && idOf(guess) === id;
}
