/** The closed list of ways in which Cairn refuses or fails. Each wire maps every one of them to its own words. */
export type FaultCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'too_large'
  | 'rate_limited'
  | 'unsupported'
  | 'unavailable'
  | 'corrupt'
  | 'internal';

/** Facts about a fault that a program may act on; each is safe to show to whoever asked. */
export interface FaultDetails {
  /** The noun that was looked for or refused: `run`, `project`, `file` … */
  readonly subject?: string;
  /** The request field that was wrong. */
  readonly field?: string;
  /** Zero-based offset in a text that did not parse. */
  readonly position?: number;
  /** Seconds after which asking again may help. */
  readonly retryAfterSeconds?: number;
  /** Finer reason within the code, where a wire has a word of its own for it (`wrong-state`). */
  readonly reason?: 'wrong-state' | 'missing' | 'exists';
}

/** The one error class that crosses layers. `message` is safe to show; `cause` never is. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly details: FaultDetails;

  constructor(code: FaultCode, message: string, details: FaultDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
    this.details = details;
  }
}
