/**
 * The same statement with PostgreSQL's `$1`, `$2` … for its `?`. A `?` within a quoted literal or name stays. Texts
 * that have `$n` already, as Kysely makes them, come back as they are.
 */
export function numberPlaceholders(sql: string): string {
  if (!sql.includes('?')) return sql;
  let count = 0;
  return sql.replaceAll(PARTS, (part) => {
    if (part !== '?') return part;
    count += 1;
    return `$${count}`;
  });
}

/** A quoted literal or name as a whole (a doubled quote is two of them side by side), or a placeholder. */
const PARTS = /'[^']*'|"[^"]*"|\?/g;
