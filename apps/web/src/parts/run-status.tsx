import type { RunJson } from '#core/contract/schemas.ts';
import { Status, type StatusKind } from '#ui/kit/Status.tsx';
import { quietSince } from '../api/run-values.ts';
import { age } from '../text/times.ts';
import { t } from '../text/translate.ts';

/** A run's state as glyph and word; a running run that has fallen silent says since when. */
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
  const status: StatusKind =
    since !== undefined ? 'lost' : run.status === 'scheduled' ? 'queued' : run.status;
  if (!isGlyphOnly) return <Status status={status}>{word}</Status>;
  return (
    <span className="inline-flex" title={word}>
      <Status status={status} />
      <span className="sr-only">{word}</span>
    </span>
  );
}
