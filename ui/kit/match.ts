/** Parts of a text that a query hit, as [from, to). */
export type MatchRange = readonly [from: number, to: number];

export interface Match {
  /** Higher is better; only for comparing matches of one query. */
  readonly score: number;
  readonly ranges: readonly MatchRange[];
}

/**
 * Finds a query in a text: whole, then as letters in order. Undefined when it is not there. Hits at the beginning of a
 * word count more, and shorter texts come before longer ones.
 */
export function matchText(query: string, text: string): Match | undefined {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return { score: 0, ranges: [] };
  const lower = text.toLowerCase();
  const at = lower.indexOf(wanted);
  if (at >= 0) {
    const score = 1000 + (isWordStart(text, at) ? 500 : 0) + (at === 0 ? 250 : 0) - text.length;
    return { score, ranges: [[at, at + wanted.length]] };
  }
  const ranges: [number, number][] = [];
  let from = 0;
  let starts = 0;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    const hit = lower.indexOf(letter, from);
    if (hit < 0) return undefined;
    const previous = ranges.at(-1);
    if (previous !== undefined && previous[1] === hit) previous[1] = hit + letter.length;
    else ranges.push([hit, hit + letter.length]);
    if (isWordStart(text, hit)) starts += 1;
    from = hit + letter.length;
  }
  // Letters strewn over the whole text are no match that anybody meant.
  if (ranges.length > Math.max(3, wanted.length / 2)) return undefined;
  return { score: 100 * starts - ranges.length * 10 - text.length, ranges };
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s/._:-]/.test(text[at - 1] ?? '');
}
