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
  /** What was asked for, in any spelling: a cursor is then good for the same text alone. */
  readonly query?: string;
}

/**
 * Cuts a page out of an ordered result. The cursor names the last item given and its position: as long as that item is
 * still in the result the next page begins right after it, whatever was inserted before; otherwise where it stood, so
 * that nothing is skipped.
 * @throws Fault `invalid` for a cursor that is none of ours, or another query's.
 */
export function pageAfter<Item>(found: readonly Item[], ask: PageAsk<Item>): Page<Item> {
  const start = ask.cursor === undefined || ask.cursor === '' ? 0 : startOf(found, ask.cursor, ask);
  const items = found.slice(start, start + ask.limit);
  const last = items.at(-1);
  const hasMore = start + items.length < found.length;
  if (!hasMore || last === undefined) return { items, total: found.length };
  const stamp = ask.query === undefined ? [] : [fingerprint(ask.query)];
  const parts = [start + items.length, ask.idOf(last), ...stamp];
  const cursor = btoa(encodeURIComponent(JSON.stringify(parts)));
  return { items, total: found.length, cursor };
}

function startOf<Item>(found: readonly Item[], cursor: string, { idOf, query }: PageAsk<Item>): number {
  const [position, id, stamp] = parseCursor(cursor);
  if (query !== undefined && stamp !== fingerprint(query)) {
    throw new Fault('invalid', 'The page token is of another search.', { field: 'page_token' });
  }
  const guess = found[position - 1];
  if (guess !== undefined && idOf(guess) === id) return position;
  const at = found.findIndex((item) => idOf(item) === id);
  return at < 0 ? Math.max(0, position - 1) : at + 1;
}

function parseCursor(cursor: string): [number, string, unknown] {
  try {
    const parsed: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    if (
      Array.isArray(parsed) &&
      Number.isSafeInteger(parsed[0]) &&
      parsed[0] >= 0 &&
      typeof parsed[1] === 'string'
    ) {
      return [parsed[0] as number, parsed[1], parsed[2]];
    }
  } catch {
    // Falls through to the one refusal below.
  }
  throw new Fault('invalid', 'Invalid page token.', { field: 'page_token' });
}

/** FNV-1a, 32 bits, of the text's UTF-16 code units: it tells mistakes, not forgeries. */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
