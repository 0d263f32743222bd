/**
 * Rows that stand for all `count` rows of a series, evenly spread as SQL's NTILE cuts them: the first of each of `most`
 * buckets of equal size (the earlier ones are larger by one where it does not divide), then the last row in place of the
 * last of these, so that a series keeps both of its ends. What MLflow 3.17 answers, row for row.
 */
export function sampledRows(count: number, most: number): Uint32Array {
  if (count <= most) return Uint32Array.from({ length: count }, (_, row) => row);
  const size = Math.floor(count / most);
  const larger = count % most;
  const rows = Uint32Array.from({ length: most }, (_, bucket) => bucket * size + Math.min(bucket, larger));
  rows[most - 1] = count - 1;
  return rows;
}
