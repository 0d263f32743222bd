import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Sparkline } from '#ui/charts/react/Sparkline.tsx';
import { Status } from '#ui/kit/Status.tsx';
import type { ModelRow as Row } from '../../api/registry.ts';
import { ObjectiveChip } from '../../parts/objective-chip.tsx';
import { Figure, FigureDelta, figureDecimals } from '../../parts/registry/figures.tsx';
import { VersionLink } from '../../parts/registry/names.tsx';
import { rt } from '../../text/registry/translate.ts';
import { absolute, age } from '../../text/times.ts';
import { trendSeries } from '../../parts/registry/trend-series.ts';

export const COLUMNS =
  'h-full [--cols:minmax(180px,1.4fr)_96px_56px_136px_72px_72px_84px_96px_minmax(104px,0.7fr)_72px_104px] max-2xl:[--cols:minmax(140px,1.4fr)_88px_48px_120px_72px_72px_84px_minmax(96px,0.7fr)_64px_88px] max-lg:[--cols:minmax(0,1fr)_88px_72px_72px_84px_96px] max-md:[--cols:minmax(0,1fr)_88px_72px_72px_84px] max-sm:[--cols:minmax(0,1fr)_40px_60px_60px] max-sm:[--cols-gap:8px]';

const HEALTH = { ok: 'finished', worse: 'warning', unknown: 'queued' } as const;

/** A model as one row: links lead to the model, to its version in production, to how that does. */
export function ModelRow({ row, now }: { readonly row: Row; readonly now: number }) {
  const { name, description, owner, production, latest, openPromotions } = row;
  const shown = production?.version ?? latest;
  const decimals = figureDecimals(shown ? [shown] : []);
  const trend = useMemo(() => production && trendSeries(production.trend), [production]);
  return (
    <div className={`tb-row can-hover border-t-0! ${COLUMNS}`}>
      <span role="cell" className="leading-4">
        <Link
          to="/m/$model/{-$tab}"
          params={{ model: name, tab: undefined }}
          className="block truncate rounded-control text-13 font-semibold hover:underline"
        >
          {name}
        </Link>
        {description !== '' && (
          <span className="block truncate text-ink-3" title={description}>
            {description}
          </span>
        )}
      </span>
      <span role="cell" className="truncate">
        {production ? (
          <span title={production.because}>
            <VersionLink
              model={name}
              number={production.version.number}
              className="text-13 font-semibold text-accent"
            />
          </span>
        ) : latest ? (
          <span className="text-ink-3" title={rt('models.noProduction')}>
            <span className="max-sm:hidden">{rt('models.latestOnly', { version: `v${latest.number}` })}</span>
            <span className="sm:hidden">v{latest.number}</span>
          </span>
        ) : (
          <span className="text-ink-3">{rt('models.noVersion')}</span>
        )}
      </span>
      <span role="cell" className="text-ink-2 max-lg:hidden" title={production && absolute(production.since)}>
        {production && age(production.since, now)}
      </span>
      <span role="cell" className="max-lg:hidden">
        {shown && <ObjectiveChip objective={shown.objective} />}
      </span>
      <span role="cell" className="num text-13 font-semibold">
        <Figure figure={shown?.dev} decimals={decimals} missing={rt('fact.devHow')} />
      </span>
      <span role="cell" className="num text-13 font-semibold">
        {production ? (
          <VersionLink model={name} number={production.version.number} tab="performance" className="text-ink">
            <Figure figure={production.version.prod} decimals={decimals} missing={rt('fact.prodHow')} />
          </VersionLink>
        ) : (
          <Figure figure={undefined} />
        )}
      </span>
      <span role="cell" className="num max-sm:hidden">
        {production && <FigureDelta row={production.version} decimals={decimals} />}
      </span>
      <span role="cell" className="max-2xl:hidden">
        {trend && (
          <Sparkline
            series={trend}
            width={96}
            height={24}
            reference={production?.version.dev?.value}
            colour="var(--run-1)"
            label={rt('models.trendAloud')}
          />
        )}
      </span>
      <span role="cell" className="min-w-0 max-lg:hidden" title={production?.healthDetail}>
        {production && (
          <span className="flex min-w-0 items-center gap-1.5">
            <Status status={HEALTH[production.health]}>{rt(`health.${production.health}`)}</Status>
          </span>
        )}
      </span>
      <span role="cell" className="truncate text-ink-2 max-lg:hidden" title={owner}>
        {owner}
      </span>
      <span role="cell" className="truncate max-md:hidden">
        {openPromotions > 0 && (
          <Link to="/m/$model/{-$tab}" params={{ model: name, tab: undefined }} className="text-accent">
            {rt('models.toApprove', { count: openPromotions })}
          </Link>
        )}
      </span>
    </div>
  );
}
