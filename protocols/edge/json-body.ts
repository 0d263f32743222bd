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

/** Counts brackets outside strings. */
function assertShallow(bytes: Uint8Array, subject: string): void {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (isInString) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) isInString = false;
    } else if (byte === 0x22) {
      isInString = true;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > DEPTH_LIMIT)
        throw new Fault('invalid', `${subject} is nested deeper than ${DEPTH_LIMIT} levels.`);
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    }
  }
}
