const WORDS =
  /(?<comment>^(?:#|\/\/).*$)|(?<text>"[^"\n]*"|'[^'\n]*')|(?<word>\b(?:export|import|from|with|for|in|as|const|let|await|of)\b)/gm;

/** Lines of code with their words, texts and comments told apart. */
export function Code({ text }: { readonly text: string }) {
  return pieces(text).map(({ kind, piece }, i) => (
    <span key={i} className={STYLES[kind]}>
      {piece}
    </span>
  ));
}

type Kind = 'plain' | 'comment' | 'text' | 'word';
const STYLES: Record<Kind, string> = {
  plain: '',
  comment: 'text-ink-3',
  text: 'text-ink-2',
  word: 'text-accent',
};

function pieces(text: string): { kind: Kind; piece: string }[] {
  const found: { kind: Kind; piece: string }[] = [];
  let at = 0;
  for (const match of text.matchAll(WORDS)) {
    if (match.index > at) found.push({ kind: 'plain', piece: text.slice(at, match.index) });
    const kind = match.groups?.['comment'] ? 'comment' : match.groups?.['text'] ? 'text' : 'word';
    found.push({ kind, piece: match[0] });
    at = match.index + match[0].length;
  }
  found.push({ kind: 'plain', piece: text.slice(at) });
  return found;
}
