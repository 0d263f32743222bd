import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { sampledRows } from './sampled-rows.ts';

/** The first row of each bucket as a database cuts them, and the last row of all. */
function sampledBySql(count: number, most: number): number[] {
  const db = new DatabaseSync(':memory:');
  const rows = db
    .prepare(
      `WITH RECURSIVE series(at) AS (SELECT 0 WHERE :count > 0 UNION ALL SELECT at + 1 FROM series WHERE at + 1 < :count)
       SELECT min(at) AS first FROM (SELECT at, ntile(:most) OVER (ORDER BY at) AS bucket FROM series)
       GROUP BY bucket ORDER BY bucket`,
    )
    .all({ count, most })
    .map((row) => Number(row['first']));
  db.close();
  if (rows.length > 0) rows[rows.length - 1] = count - 1;
  return rows;
}

test.each([
  [0, 5],
  [1, 1],
  [4, 5],
  [5, 5],
  [6, 5],
  [14, 5],
  [1000, 1],
  [1000, 7],
  [2501, 2500],
  [10_000, 2500],
  [12_345, 678],
])('of %i rows at most %i are those that SQL’s NTILE picks, ends included', (count, most) => {
  expect([...sampledRows(count, most)]).toEqual(sampledBySql(count, most));
});
