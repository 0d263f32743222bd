/** Who did something, as it is recorded for ever: the `Principal` of the request, without its grants. */
export interface Actor {
  readonly kind: 'local' | 'user' | 'service' | 'system';
  /** `local` in local mode, otherwise the account's id. */
  readonly id: string;
}

export const SYSTEM: Actor = { kind: 'system', id: 'cairn' };
