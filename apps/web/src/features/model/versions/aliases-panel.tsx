import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status } from '#ui/kit/Status.tsx';
import type { ModelPageJson } from '../../../api/registry.ts';
import { Empty } from '../../../parts/placeholders.tsx';
import { Figure, FigureDelta, figureDecimals } from '../../../parts/registry/figures.tsx';
import { VersionLink } from '../../../parts/registry/names.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { rt } from '../../../text/registry/translate.ts';
import { absolute, age } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';

const COLUMNS =
  '[--cols:120px_64px_140px_56px_80px_80px_80px_88px_minmax(0,1fr)] max-lg:[--cols:minmax(0,1fr)_56px_72px_72px_84px] max-sm:[--cols:minmax(0,1fr)_48px_64px_64px] max-sm:[--cols-gap:8px]';

interface Row {
  readonly name: string;
  readonly version: number;
  readonly since: number | undefined;
  readonly by: string;
  readonly isGated: boolean;
  readonly isStage: boolean;
}

/** Names that are handed out now: aliases, and stages that say more than where a version begins or ends. */
function namesOf({ aliases, lanes, model }: ModelPageJson): Row[] {
  const taken = new Set(aliases.map(({ alias }) => alias.toLowerCase()));
  const stages = model.stages
    .filter(({ stage }) => !['none', 'archived'].includes(stage) && !taken.has(stage))
    .map(({ stage, version }): Row => {
      const lane = lanes.find(({ kind, name }) => kind === 'stage' && name === stage);
      const held = lane?.holdings.findLast(({ to, version: of }) => to === undefined && of === version);
      const isGated = model.gates.some(({ target }) => target.kind === 'stage' && target.name === stage);
      return { name: stage, version, since: held?.from, by: held?.by?.name ?? '', isGated, isStage: true };
    });
  return [...aliases.map(({ alias, ...rest }): Row => ({ ...rest, name: alias, isStage: false })), ...stages];
}

export function AliasesPanel({ page }: { readonly page: ModelPageJson }) {
  const now = useNow(60_000);
  const rows = namesOf(page);
  const versions = new Map(page.versions.map((version) => [version.number, version]));
  const held = rows.flatMap(({ version }) => versions.get(version) ?? []);
  const decimals = figureDecimals(held);
  return (
    <Section title={rt('aliases.title')} note={rows.length} className="shrink-0">
      <Panel className="overflow-hidden">
        {rows.length === 0 ? (
          <Empty>{rt('aliases.none')}</Empty>
        ) : (
          <div className={`tb-row tb-head ${COLUMNS}`}>
            <span>{rt('aliases.alias')}</span>
            <span>{rt('version.version')}</span>
            <span className="max-lg:hidden">{rt('aliases.where')}</span>
            <span className="max-lg:hidden">{rt('models.since')}</span>
            <span className="max-lg:hidden">{rt('version.by')}</span>
            <span className="num">{rt('fact.dev')}</span>
            <span className="num">{rt('fact.prod')}</span>
            <span className="num max-sm:hidden">{t('home.change')}</span>
            <span className="max-lg:hidden">{rt('aliases.state')}</span>
          </div>
        )}
        {rows.map(({ name, version, since, by, isGated, isStage }) => {
          const row = versions.get(version);
          const places = page.deployments.filter(
            (each) => each.version === version && each.endedAt === undefined,
          );
          const isProduction = page.model.production?.version.number === version;
          return (
            <div key={`${isStage} ${name}`} className={`tb-row can-hover min-h-9! ${COLUMNS}`}>
              <b
                className="truncate text-13 font-semibold"
                title={isStage ? rt('target.stage', { name }) : `@${name}`}
              >
                {name}
                {isStage && (
                  <span className="ml-1.5 text-11 font-normal text-ink-3">{rt('aliases.stage')}</span>
                )}
              </b>
              <span className="text-13">
                <VersionLink model={page.model.name} number={version} />
              </span>
              <span className="truncate text-ink-2 max-lg:hidden">
                {places.map(({ environment }) => environment).join(', ')}
              </span>
              <span
                className="text-ink-2 max-lg:hidden"
                title={since === undefined ? undefined : absolute(since)}
              >
                {since !== undefined && age(since, now)}
              </span>
              <span className="truncate text-ink-2 max-lg:hidden">{by}</span>
              <span className="num text-13 font-semibold">
                <Figure figure={row?.dev} decimals={decimals} missing={rt('fact.devHow')} />
              </span>
              <span className="num text-13 font-semibold">
                <Figure figure={row?.prod} decimals={decimals} missing={rt('fact.prodHow')} />
              </span>
              <span className="num max-sm:hidden">
                {row && <FigureDelta row={row} decimals={decimals} />}
              </span>
              <span className="flex min-w-0 items-center gap-3 pl-2 max-lg:hidden">
                {isProduction && page.model.production && (
                  <span className="flex min-w-0 items-center gap-1.5">
                    <Status status={HEALTH[page.model.production.health]} />
                    <span className="truncate text-ink-2">{page.model.production.healthDetail}</span>
                  </span>
                )}
                {isGated && <span className="shrink-0 text-ink-3">{rt('aliases.gated')}</span>}
              </span>
            </div>
          );
        })}
      </Panel>
    </Section>
  );
}

const HEALTH = { ok: 'finished', worse: 'warning', unknown: 'queued' } as const;
