// Single values out of a run's document without parsing all of it: ten times as fast, and a column needs one of fifty.
// `JSON.stringify` wrote it, members in the order of `RunDocument`, so `["key","` begins a pair and nothing else: a quote
// within a text is escaped, and the quote that ends a text is followed by a comma or bracket, with which no plain key begins.
import type { RunDocument } from './documents.ts';

const PLAIN_KEY = /^\w[\w./ -]*$/;
const TAGS = '],"tags":[';
const DATASETS = '],"datasets":[';

export class DocumentText {
  readonly #text: string;
  #parsed: RunDocument | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get whole(): RunDocument {
    this.#parsed ??= JSON.parse(this.#text) as RunDocument;
    return this.#parsed;
  }

  param(key: string): string | undefined {
    if (PLAIN_KEY.test(key)) return this.#textBehind(key, 0, TAGS);
    return this.whole.params.find(([of]) => of === key)?.[1];
  }

  tag(key: string): string | undefined {
    if (PLAIN_KEY.test(key)) return this.#textBehind(key, this.#text.indexOf(TAGS), DATASETS);
    return this.whole.tags.find(([of]) => of === key)?.[1];
  }

  /** The text behind the key in the list that begins at `from` and ends where `end` does. */
  #textBehind(key: string, from: number, end: string): string | undefined {
    const text = this.#text;
    const opening = `["${key}","`;
    const found = text.indexOf(opening, from);
    if (found < 0 || found > text.indexOf(end, from)) return undefined;
    const start = found + opening.length;
    let close = text.indexOf('"', start);
    while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
    return JSON.parse(text.slice(start - 1, close + 1)) as string;
  }
}

/** Whether an odd number of backslashes is before the character. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}
