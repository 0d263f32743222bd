import type { ReactElement } from 'react';

import { matchText } from './match.ts';

/** A text with what was typed in it set off. */
export function Highlighted({
  text,
  query,
}: {
  readonly text: string;
  readonly query: string;
}): ReactElement {
  const ranges = matchText(query, text)?.ranges ?? [];
  const pieces = ranges.map(([from, to], i) => (
    <span key={from}>
      {text.slice(ranges[i - 1]?.[1] ?? 0, from)}
      <b className="font-semibold text-accent">{text.slice(from, to)}</b>
    </span>
  ));
  return (
    <>
      {pieces}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  );
}
