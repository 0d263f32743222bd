/**
 * An int64 that comes as text: digits, as protobuf's JSON has it, or a round number as R spells it (`1e+05`,
 * `1.6e+12`). Anything else stays what it is, for the caller to refuse.
 */
export function integerText(value: unknown): unknown {
  const isInteger = typeof value === 'string' && /^\s*-?(\d+|\d(\.\d+)?e\+\d+)\s*$/.test(value);
  return isInteger ? Number(value) : value;
}
