// Which lines of two texts are the same: the shortest edit script of Myers, "An O(ND) Difference Algorithm" (1986), §3,
// after the common head and tail are set aside. Texts that differ in more than MOST_EDITS lines are shown as replaced.

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Line numbers from 1, where the text has the line. */
  readonly a: number | undefined;
  readonly b: number | undefined;
}

const MOST_EDITS = 2000;

export function diffLines(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail += 1;
  }
  const kinds = editScript(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const all = [
    ...Array.from({ length: head }, () => 'same' as const),
    ...kinds,
    ...Array.from({ length: tail }, () => 'same' as const),
  ];
  let i = 0;
  let j = 0;
  return all.map((kind): DiffLine => {
    if (kind === 'removed') return { kind, text: a[i] ?? '', a: (i += 1), b: undefined };
    if (kind === 'added') return { kind, text: b[j] ?? '', a: undefined, b: (j += 1) };
    return { kind, text: a[i] ?? '', a: (i += 1), b: (j += 1) };
  });
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

function editScript(a: readonly string[], b: readonly string[]): DiffLine['kind'][] {
  const most = Math.min(MOST_EDITS, a.length + b.length);
  // The furthest x on each diagonal k = x − y, one snapshot for each number of edits.
  let furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(furthest);
    const next = new Map(furthest);
    for (let k = -edits; k <= edits; k += 2) {
      const down = furthest.get(k + 1) ?? -1;
      const right = (furthest.get(k - 1) ?? -2) + 1;
      let x = k === -edits || (k !== edits && right <= down) ? down : right;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length);
    }
    furthest = next;
  }
  return [...a.map(() => 'removed' as const), ...b.map(() => 'added' as const)];
}

function walkBack(trace: readonly Map<number, number>[], endX: number, endY: number): DiffLine['kind'][] {
  const kinds: DiffLine['kind'][] = [];
  let x = endX;
  let y = endY;
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const furthest = trace[edits] as Map<number, number>;
    const k = x - y;
    const down = furthest.get(k + 1) ?? -1;
    const right = (furthest.get(k - 1) ?? -2) + 1;
    const isDown = k === -edits || (k !== edits && right <= down);
    const fromX = isDown ? down : right - 1;
    const fromY = fromX - (isDown ? k + 1 : k - 1);
    const startX = isDown ? fromX : fromX + 1;
    while (x > startX) {
      kinds.push('same');
      x -= 1;
      y -= 1;
    }
    kinds.push(isDown ? 'added' : 'removed');
    x = fromX;
    y = fromY;
  }
  while (x > 0) {
    kinds.push('same');
    x -= 1;
  }
  return kinds.toReversed();
}

export interface Hunk {
  readonly key: string;
  readonly lines: readonly DiffLine[];
}

/** What changed, each change with some lines around it. */
export function hunksOf(lines: readonly DiffLine[], context = 3): Hunk[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, at) => {
    if (kind === 'same') return;
    for (let i = at - context; i <= at + context; i += 1) near.add(i);
  });
  const hunks: { key: string; lines: DiffLine[] }[] = [];
  let before = -2;
  lines.forEach((line, at) => {
    if (!near.has(at)) return;
    if (at !== before + 1) hunks.push({ key: String(at), lines: [] });
    hunks.at(-1)?.lines.push(line);
    before = at;
  });
  return hunks;
}
