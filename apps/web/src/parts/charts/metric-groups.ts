// Metric names as people read them: in groups by what stands before the first slash, found by part, by fuzzy letters
// or by a pattern between slashes.

export interface MetricGroup {
  /** '' for names without a slash. */
  readonly prefix: string;
  readonly metrics: readonly string[];
}

/** Groups larger than this start closed. */
const OPEN_LIMIT = 8;

export function groupMetrics(names: readonly string[]): MetricGroup[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const slash = name.indexOf('/');
    const prefix = slash > 0 ? name.slice(0, slash) : '';
    const group = groups.get(prefix);
    if (group) group.push(name);
    else groups.set(prefix, [name]);
  }
  return [...groups]
    .map(([prefix, metrics]) => ({ prefix, metrics: metrics.toSorted(naturally) }))
    .toSorted((a, b) => order(a.prefix) - order(b.prefix) || naturally(a.prefix, b.prefix));
}

export function isOpenByItself(group: MetricGroup): boolean {
  return group.metrics.length <= OPEN_LIMIT && group.prefix !== 'system';
}

/** Undefined while a pattern is not finished. */
export function metricFilter(query: string): ((name: string) => boolean) | undefined {
  const text = query.trim();
  if (text === '') return () => true;
  if (text.startsWith('/')) {
    const source = text.length > 1 && text.endsWith('/') ? text.slice(1, -1) : text.slice(1);
    try {
      const pattern = new RegExp(source, 'iu');
      return (name) => pattern.test(name);
    } catch {
      return undefined;
    }
  }
  const wanted = text.toLowerCase();
  return (name) => {
    const lower = name.toLowerCase();
    return lower.includes(wanted) || isFuzzy(lower, wanted);
  };
}

/** `vloss` finds `val/loss`: all letters, in order. */
function isFuzzy(name: string, wanted: string): boolean {
  if (wanted.length < 3) return false;
  let at = 0;
  for (const letter of name) if (letter === wanted[at]) at += 1;
  return at === wanted.length;
}

/** What one tunes by first, then what one trains by, machines last. */
function order(prefix: string): number {
  if (/^(val|valid|validation|eval|test)/i.test(prefix)) return 0;
  if (/^train/i.test(prefix)) return 1;
  if (prefix === '') return 2;
  return prefix === 'system' ? 4 : 3;
}

const collator = new Intl.Collator('en', { numeric: true });

function naturally(a: string, b: string): number {
  return collator.compare(a, b);
}
