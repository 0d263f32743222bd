const FEW = 8;
/** The steepest start and single spikes would flatten all that one wants to see. */
const LEFT_OUT = 0.08;

/** A y range for sparklines: most of the values, where they end, and the reference. */
export function sparkRange(
  columns: readonly Float64Array[],
  reference?: number,
): readonly [number, number] | undefined {
  const values: number[] = [];
  const kept: number[] = reference !== undefined && Number.isFinite(reference) ? [reference] : [];
  for (const column of columns) {
    let last: number | undefined;
    for (const value of column) {
      if (!Number.isFinite(value)) continue;
      values.push(value);
      last = value;
    }
    if (last !== undefined) kept.push(last);
  }
  if (values.length === 0) return undefined;
  values.sort((a, b) => a - b);
  const cut = values.length > FEW ? LEFT_OUT : 0;
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] as number;
  const low = Math.min(at(cut), ...kept);
  const high = Math.max(at(1 - cut), ...kept);
  return low < high ? [low, high] : undefined;
}
