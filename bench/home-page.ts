import { get } from 'node:http';

const REFERENCE = /<(?:script|link)\b[^>]*\b(?:src|href)="(\/[^"]+)"/g;

/** Bytes of bodies on the wire (compressed if the server does) of the home page and what its HTML names; undefined if it is not built. */
export async function homePageBytes(origin: string): Promise<number | undefined> {
  const html = await fetch(`${origin}/`, { headers: { accept: 'text/html' } });
  const text = await html.text();
  const paths = [...text.matchAll(REFERENCE)].flatMap(([, path]) => path ?? []);
  if (!html.ok || paths.length === 0) return undefined;
  const sizes = await Promise.all(['/', ...new Set(paths)].map((path) => bodyBytes(origin + path)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** By node:http, which does not decompress. */
function bodyBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br, gzip', accept: 'text/html, */*' };
    get(url, { headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answers ${answer.statusCode}`));
      let size = 0;
      answer.on('data', (part: Buffer) => (size += part.length));
      answer.on('end', () => resolve(size));
    }).on('error', reject);
  });
}
