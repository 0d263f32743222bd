import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Sparkline } from '#ui/charts/react/Sparkline.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { productionQuery, type ProductionRow } from '../../api/registry.ts';
import { trendSeries } from '../../parts/registry/trend-series.ts';
import { DataLinks } from '../../parts/registry/data-links.tsx';
import { Figure, FigureDelta, figureDecimals } from '../../parts/registry/figures.tsx';
import { VersionLink } from '../../parts/registry/names.tsx';
import { RunLink } from '../../parts/registry/run-link.tsx';
import { ObjectiveChip } from '../../parts/objective-chip.tsx';
import { Empty } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { rt } from '../../text/registry/translate.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';

const COLUMNS =
  '[--cols:212px_136px_80px_80px_80px_minmax(184px,1fr)_104px_minmax(120px,200px)_120px] max-[101.25rem]:[--cols-gap:12px] max-[101.25rem]:[--cols:minmax(120px,1fr)_128px_72px_72px_80px_112px_96px_minmax(96px,160px)_104px] max-xl:[--cols:minmax(120px,1fr)_128px_72px_72px_80px_112px_minmax(96px,160px)] max-lg:[--cols:minmax(120px,1fr)_116px_72px_72px_76px_minmax(88px,140px)]';

const HEALTH = { ok: 'finished', worse: 'warning', unknown: 'queued' } as const;

/** Which versions are in production, how they do there and did in development, by what, on which data. */
export function ProductionTable() {
  const production = useQuery(productionQuery);
  const now = useNow(60_000);
  const rows = production.data ?? [];
  if (production.isPending) return null;
  return (
    <Section
      title={t('home.production')}
      note={rows.length > 0 ? rows.length : undefined}
      end={
        <Link to="/models" className="text-accent hover:underline">
          {t('home.allModels')}
        </Link>
      }
    >
      <Panel>
        {rows.length === 0 ? (
          <Empty>{production.error ? t('home.productionError') : t('home.noProduction')}</Empty>
        ) : (
          <div role="table" aria-label={t('home.production')}>
            <Head />
            {rows.map((row) => (
              <Row key={row.model} row={row} now={now} />
            ))}
          </div>
        )}
      </Panel>
    </Section>
  );
}

function Head() {
  return (
    <div role="row" className={`tb-row tb-head max-sm:!hidden ${COLUMNS}`}>
      <span role="columnheader">{t('home.modelVersion')}</span>
      <span role="columnheader">{t('home.objective')}</span>
      <span role="columnheader" className="num">
        {rt('fact.dev')}
      </span>
      <span role="columnheader" className="num">
        {rt('fact.prod')}
      </span>
      <span role="columnheader" className="num">
        {t('home.change')}
      </span>
      <span role="columnheader" className="truncate max-lg:hidden">
        {t('home.prodTrend')}
      </span>
      <span role="columnheader" className="max-xl:hidden">
        {rt('models.health')}
      </span>
      <span role="columnheader">{t('home.trainedOn')}</span>
      <span role="columnheader" className="max-xl:hidden">
        {t('home.trainedBy')}
      </span>
    </div>
  );
}

function Row({ row, now }: { readonly row: ProductionRow; readonly now: number }) {
  const { modelName, version, deployments, because, since, by, trend, health, healthDetail } = row;
  const decimals = figureDecimals([version]);
  const series = useMemo(() => trendSeries(trend), [trend]);
  const where = deployments.map(({ environment }) => environment).join(', ') || because;
  const isWorse = health === 'worse';
  return (
    <div
      role="row"
      data-model={modelName}
      className={`tb-row can-hover min-h-15! max-sm:flex! max-sm:flex-wrap max-sm:gap-x-3 max-sm:gap-y-1 max-sm:py-2 ${COLUMNS}`}
    >
      <span role="cell" className="min-w-0 max-sm:w-full">
        <span className="flex min-w-0 items-baseline gap-2 text-14 font-semibold">
          <Link
            to="/m/$model/{-$tab}"
            params={{ model: modelName, tab: undefined }}
            className="truncate rounded-control hover:underline"
          >
            {modelName}
          </Link>
          <VersionLink model={modelName} number={version.number} />
        </span>
        <span className="block truncate text-ink-3" title={absolute(since)}>
          {[where, age(since, now), by && t('home.by', { name: by.name })].filter(Boolean).join(', ')}
        </span>
      </span>
      <span role="cell" className="min-w-0">
        <ObjectiveChip objective={version.objective} />
      </span>
      <span role="cell" className="num text-16 font-semibold max-sm:ml-auto">
        <PerformanceLink row={row}>
          <Figure figure={version.dev} decimals={decimals} missing={rt('fact.devHow')} />
        </PerformanceLink>
      </span>
      <span role="cell" className={`num text-16 font-semibold ${isWorse ? 'text-failed' : ''}`}>
        <PerformanceLink row={row}>
          <Figure figure={version.prod} decimals={decimals} missing={rt('fact.prodHow')} />
        </PerformanceLink>
      </span>
      <span role="cell" className="num">
        <FigureDelta row={version} decimals={decimals} />
      </span>
      <span role="cell" className="min-w-0 overflow-hidden max-lg:hidden">
        {series && (
          <Sparkline
            series={series}
            width={184}
            height={32}
            reference={version.dev?.value}
            colour={isWorse ? 'var(--failed)' : 'var(--text-3)'}
            label={rt('models.trendAloud')}
          />
        )}
      </span>
      <span role="cell" className="truncate max-xl:hidden" title={healthDetail}>
        <Status status={HEALTH[health]}>{rt(`health.${health}`)}</Status>
      </span>
      <span role="cell" className="flex min-w-0 flex-wrap gap-1">
        <DataLinks data={version.data} most={2} />
      </span>
      <span role="cell" className="min-w-0 truncate max-xl:hidden">
        <RunLink run={version.run} />
      </span>
    </div>
  );
}

function PerformanceLink({
  row,
  children,
}: {
  readonly row: ProductionRow;
  readonly children: React.ReactNode;
}) {
  return (
    <VersionLink model={row.modelName} number={row.version.number} tab="performance" className="text-inherit">
      {children}
    </VersionLink>
  );
}
