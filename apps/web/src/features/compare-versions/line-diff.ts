import { diffArrays } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Line numbers from 1, where the text has the line. */
  readonly a: number | undefined;
  readonly b: number | undefined;
}

/** Texts that differ in more lines than this are shown as replaced: nobody reads on, and the search takes the square of it. */
const MOST_EDITS = 2000;

/** Which lines of two texts are the same: a shortest edit script, by line. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  const script = diffArrays(a, b, { maxEditLength: MOST_EDITS }) ?? [
    { value: a, removed: true, added: false },
    { value: b, removed: false, added: true },
  ];
  let [i, j] = [0, 0];
  return script.flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => {
      if (removed) return { kind: 'removed', text, a: (i += 1), b: undefined };
      if (added) return { kind: 'added', text, a: undefined, b: (j += 1) };
      return { kind: 'same', text, a: (i += 1), b: (j += 1) };
    }),
  );
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
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
