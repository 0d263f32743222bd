import type { ReactElement } from 'react';

import { matchText } from './match.ts';

/** A text with what was typed in it set off. */
export function Highlighted({ text, query }: { readonly text: string; readonly query: string }): ReactElement {
  const ranges = matchText(query, text)?.ranges ?? [];
  let at = 0;
  const parts = ranges.map(([from, to]) => {
    const before = text.slice(at, from);
    at = to;
    return (
      <span key={from}>
        {before}
        <b className="font-semibold text-accent">{text.slice(from, to)}</b>
      </span>
    );
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
