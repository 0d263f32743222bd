/** Time from outside, so that a test can hold it still. */
export interface Clock {
  /** Milliseconds UTC, an integer. May jump when the machine's clock is set. */
  now(): number;
}
