import type { RunJson } from '#core/contract/schemas.ts';
import { quietSince } from '../api/run-values.ts';
import { age } from '../text/times.ts';
import { t } from '../text/translate.ts';
import { StatusGlyph, type StatusKind } from './status-glyph.tsx';

/** A run's state as glyph and word, in this order; `finished` colours its glyph only, so that a column of it stays calm. */
export function RunStatus({
  run,
  now,
  isGlyphOnly = false,
}: {
  readonly run: RunJson;
  readonly now: number;
  readonly isGlyphOnly?: boolean;
}) {
  const since = quietSince(run, now);
  const word = since === undefined ? t(`status.${run.status}`) : t('status.quiet', { age: age(since, now) });
  const kind: StatusKind = since === undefined ? run.status : 'quiet';
  return <StatusGlyph kind={kind} word={word} isGlyphOnly={isGlyphOnly} />;
}
