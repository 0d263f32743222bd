import type { ReactNode } from 'react';

export type StatusKind = 'scheduled' | 'running' | 'finished' | 'failed' | 'killed' | 'quiet' | 'warning';

const COLOURS: Record<StatusKind, string> = {
  scheduled: 'text-queued',
  running: 'text-running',
  finished: 'text-finished',
  failed: 'text-failed',
  killed: 'text-stopped',
  quiet: 'text-lost',
  warning: 'text-warning',
};

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const SHAPES: Record<StatusKind, ReactNode> = {
  scheduled: <circle cx="6" cy="6" r="3.4" {...line} strokeWidth={1.4} />,
  running: <circle cx="6" cy="6" r="4" fill="currentColor" className="animate-pulse-slow" />,
  finished: <path d="m2.5 6.5 2.4 2.4 4.6-5.4" {...line} />,
  failed: <path d="m3 3 6 6M9 3 3 9" {...line} />,
  killed: <rect x="2.5" y="2.5" width="7" height="7" rx="1" fill="currentColor" />,
  quiet: (
    <circle cx="6" cy="6" r="3.8" {...line} strokeLinecap="butt" strokeDasharray="5.2 2.76" strokeDashoffset="2" />
  ),
  warning: (
    <>
      <path d="M6 1.8 10.8 10H1.2z" {...line} strokeWidth={1.4} />
      <path d="M6 4.8v2.2M6 8.5v.1" {...line} strokeWidth={1.2} />
    </>
  ),
};

/** Glyph, word, colour: colour is never the only sign. */
export function StatusGlyph({
  kind,
  word,
  isGlyphOnly = false,
}: {
  readonly kind: StatusKind;
  readonly word: string;
  readonly isGlyphOnly?: boolean;
}) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${COLOURS[kind]}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" className="shrink-0" {...(isGlyphOnly ? { role: 'img' } : { 'aria-hidden': true })}>
        {isGlyphOnly && <title>{word}</title>}
        {SHAPES[kind]}
      </svg>
      {!isGlyphOnly && <span className={kind === 'finished' ? 'text-ink-2' : ''}>{word}</span>}
    </span>
  );
}
