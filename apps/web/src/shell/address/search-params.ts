// The query string as people read it: `?sort=-objective&sel=12,17&m=/^val/`. Every value is text; each route gives it
// its types. Commas, colons and the like, which a URL may hold, stay readable; undefined is left out.

export type SearchText = Record<string, string>;

export function parseSearch(search: string): SearchText {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encode(key)}=${encode(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const READABLE = /%(?:2C|3A|2F|28|29|40|24)/g;

function encode(text: string): string {
  return encodeURIComponent(text).replace(READABLE, decodeURIComponent).replaceAll('%20', '+');
}
