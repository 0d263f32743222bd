import { Fault } from '#core/domain/fault.ts';

/** One page of an ordered result. `cursor` is absent on the last page: clients never make an extra request. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly cursor?: string;
}

export interface PageAsk<Item> {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly idOf: (item: Item) => string;
}

/**
 * Cuts a page out of an ordered result. The cursor names the last item given and its position: as long as that item is
 * still in the result the next page begins right after it, whatever was inserted before; otherwise where it stood, so
 * that nothing is skipped.
 * @throws Fault `invalid` for a cursor that is none of ours.
 */
export function pageAfter<Item>(found: readonly Item[], ask: PageAsk<Item>): Page<Item> {
  const start = ask.cursor === undefined || ask.cursor === '' ? 0 : startOf(found, ask.cursor, ask.idOf);
  const items = found.slice(start, start + ask.limit);
  const last = items.at(-1);
  const hasMore = start + items.length < found.length;
  if (!hasMore || last === undefined) return { items, total: found.length };
  const cursor = btoa(encodeURIComponent(JSON.stringify([start + items.length, ask.idOf(last)])));
  return { items, total: found.length, cursor };
}

function startOf<Item>(found: readonly Item[], cursor: string, idOf: (item: Item) => string): number {
  const [position, id] = parseCursor(cursor);
  const guess = found[position - 1];
  if (guess !== undefined && idOf(guess) === id) return position;
  const at = found.findIndex((item) => idOf(item) === id);
  return at < 0 ? Math.max(0, position - 1) : at + 1;
}

function parseCursor(cursor: string): [number, string] {
  try {
    const parsed: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    if (
      Array.isArray(parsed) &&
      Number.isSafeInteger(parsed[0]) &&
      parsed[0] >= 0 &&
      typeof parsed[1] === 'string'
    ) {
      return [parsed[0] as number, parsed[1]];
    }
  } catch {
    // Falls through to the one refusal below.
  }
  throw new Fault('invalid', 'Invalid page token.', { field: 'page_token' });
}
