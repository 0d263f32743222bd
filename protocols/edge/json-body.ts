import { Fault } from '#core/domain/fault.ts';

const DEPTH_LIMIT = 64;

/**
 * Parses JSON. Bytes must be UTF-8; a BOM is tolerated; nesting is at most 64 deep, checked before parsing so
 * that a hostile body costs one pass (JSON.parse itself takes a depth of a million, what comes after does not).
 * @param subject what is parsed, as the refusal names it.
 * @throws Fault `invalid`.
 */
export function parseJsonBody(bytes: Uint8Array, subject = 'The request body'): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Fault('invalid', `${subject} is not valid UTF-8.`);
  }
  assertShallow(bytes, subject);
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new Fault(
      'invalid',
      `${subject} is not valid JSON${position === undefined ? '' : ` (at character ${position})`}.`,
      position === undefined ? {} : { position: Number(position) },
    );
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OTHER = 0;
const QUOTES = 1;
const OPENS = 2;
const CLOSES = 3;
/** What a byte outside a string means here. Nearly all mean nothing: one look at each, half the time of comparing it. */
const MEANING = new Uint8Array(256).fill(OTHER);
MEANING[QUOTE] = QUOTES;
for (const bracket of '[{') MEANING[bracket.charCodeAt(0)] = OPENS;
for (const bracket of ']}') MEANING[bracket.charCodeAt(0)] = CLOSES;

/** Counts brackets outside strings. */
function assertShallow(bytes: Uint8Array, subject: string): void {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const meaning = MEANING[bytes[at] ?? 0];
    if (meaning === OTHER) continue;
    if (meaning === QUOTES) {
      at = endOfString(bytes, at);
    } else if (meaning === OPENS) {
      depth += 1;
      if (depth > DEPTH_LIMIT)
        throw new Fault('invalid', `${subject} is nested deeper than ${DEPTH_LIMIT} levels.`);
    } else depth -= 1;
  }
}

/** Where the string that begins at `start` ends, by its quote or with the bytes. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
