import type { ObjectiveJson } from '#core/contract/schemas.ts';
import { t } from '../text/translate.ts';

/** `max val/auc`; a guess says that it is one. */
export function ObjectiveChip({ objective }: { readonly objective: ObjectiveJson | undefined }) {
  if (!objective) return <span className="text-ink-3">{t('home.noObjective')}</span>;
  const { direction, metric, origin } = objective;
  return (
    <span
      className="flex min-w-0 items-center gap-1.5 text-12 text-ink-2"
      title={origin === 'inferred' ? `${metric}: ${t('home.inferred')}` : metric}
    >
      <span className="text-ink-3">{t(`objective.${direction}`)}</span>
      <span className="truncate font-mono">{metric}</span>
      {origin === 'inferred' && <span className="text-ink-3">?</span>}
    </span>
  );
}
