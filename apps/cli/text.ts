// Text for a terminal: what others wrote may hold escape sequences, wide letters and no end.

/** Without control characters, each replaced by one `�`: a run's name must not command the terminal. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}');
}

/** Columns a text takes: 2 for East Asian wide letters and emoji, 0 for combining marks (after UAX #11). */
export function displayWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width;
}

/** At most so many columns, the cut marked by `…`. */
export function cut(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const letter of text) {
    width += letterWidth(letter);
    if (width > columns) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

function letterWidth(letter: string): number {
  if (letter <= '\u{2ff}') return 1;
  if (/\p{M}|[\u{200b}-\u{200f}]/u.test(letter)) return 0;
  const isWide =
    /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\u{3000}-\u{303f}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}]/u;
  return isWide.test(letter) ? 2 : 1;
}
