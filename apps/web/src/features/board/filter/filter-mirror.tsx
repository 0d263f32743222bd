import type { ReactNode } from 'react';
import type { Piece } from './filter-language.ts';

/** The text of the input under it, letter on letter: fields in the accent colour, a wave under the mistake. */
export function FilterMirror({
  text,
  pieces,
  mistake,
  scroll,
}: {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly mistake: number | undefined;
  readonly scroll: number;
}) {
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 whitespace-pre"
      style={{ transform: `translateX(${-scroll}px)` }}
    >
      {marked(text, pieces, mistake)}
    </span>
  );
}

function marked(text: string, pieces: readonly Piece[], mistake: number | undefined): ReactNode[] {
  const from = mistake === undefined ? text.length : Math.min(mistake, Math.max(0, text.length - 1));
  const word = /^\S+/.exec(text.slice(from))?.[0].length ?? 1;
  const cuts = [
    ...new Set([0, text.length, ...pieces.flatMap(({ start, end }) => [start, end]), from, from + word]),
  ]
    .filter((cut) => cut <= text.length)
    .toSorted((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1] as number;
    const isField = pieces.some((piece) => start >= piece.start && end <= piece.end);
    const isWrong = mistake !== undefined && start >= from && end <= from + word;
    const look = `${isField ? 'text-accent' : ''} ${isWrong ? 'underline decoration-failed decoration-wavy decoration-1 underline-offset-2' : ''}`;
    return (
      <span key={start} className={look} data-mistake={isWrong ? '' : undefined}>
        {text.slice(start, end)}
      </span>
    );
  });
}
