import { Fault } from '#core/domain/fault.ts';
import { startAfter, type Place } from '#core/query/place.ts';

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

/** What was cut out of an ordered result of `total` items, from the one at `start` on. */
export interface Cut<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly start: number;
}

/**
 * Cuts a page out of an ordered result, behind the place that the cursor names.
 * @throws Fault `invalid` for a cursor that is none of ours, or another query's.
 */
export function pageAfter<Item>(found: readonly Item[], ask: PageAsk<Item>): Page<Item> {
  const start = startAfter(found, placeOf(ask.cursor, ask.query), ask.idOf);
  const items = found.slice(start, start + ask.limit);
  return pageOf({ items, total: found.length, start }, ask);
}

/** The cut with the cursor of what comes behind it. */
export function pageOf<Item>(
  { items, total, start }: Cut<Item>,
  { idOf, query }: Pick<PageAsk<Item>, 'idOf' | 'query'>,
): Page<Item> {
  const last = items.at(-1);
  const end = start + items.length;
  if (end >= total || last === undefined) return { items, total };
  const stamp = query === undefined ? [] : [fingerprint(query)];
  return { items, total, cursor: btoa(encodeURIComponent(JSON.stringify([end, idOf(last), ...stamp]))) };
}

/** What a cursor names. @throws Fault `invalid` for one that is none of ours, or another query's. */
export function placeOf(cursor: string | undefined, query?: string): Place | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const [position, id, stamp] = parseCursor(cursor);
  if (query !== undefined && stamp !== fingerprint(query)) {
    throw new Fault('invalid', 'The page token is of another search.', { field: 'page_token' });
  }
  return { position, id };
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
