import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Kbd } from '#ui/kit/Kbd.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { ModelPageJson, VersionRow } from '../../../api/registry.ts';
import { Empty } from '../../../parts/placeholders.tsx';
import { figureDecimals } from '../../../parts/registry/figures.tsx';
import { useHotkeys } from '../../../shell/keys/hotkeys.ts';
import { useOfferCommands, type PageCommand } from '../../../shell/keys/palette-state.ts';
import { count } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { t } from '../../../text/translate.ts';
import { COLUMNS, VersionTableRow } from './version-table-row.tsx';

/** So many stay readable; more are asked for by name on the page of a version. */
const SHOWN = 200;

/** Every version, newest first; two that are selected can be compared. */
export function VersionsPanel({ page }: { readonly page: ModelPageJson }) {
  const { model } = page;
  const navigate = useNavigate();
  const [hasArchived, setArchived] = useState(false);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [cursor, setCursor] = useState<number>();
  const hidden = page.versions.filter((version) => isPast(version, page)).length;
  const rows = page.versions.filter((version) => hasArchived || !isPast(version, page)).slice(0, SHOWN);
  const decimals = figureDecimals(rows);
  const toggle = (number: number): void =>
    // Two are compared: the third takes the place of the first.
    setChosen((before) =>
      before.includes(number) ? before.filter((each) => each !== number) : [...before, number].slice(-2),
    );
  const [a, b] = chosen.toSorted((one, other) => one - other);
  const compare = (): void => {
    if (a === undefined || b === undefined) return;
    void navigate({
      to: '/m/$model/compare',
      params: { model: model.name },
      search: { a: String(a), b: String(b) },
    });
  };
  const move = (by: number) => (): void => {
    const at = rows.findIndex(({ number }) => number === cursor);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) setCursor(next.number);
  };
  const commands: PageCommand[] = [
    { key: 'j', label: t('keys.down'), act: move(1) },
    { key: 'k', label: t('keys.up'), act: move(-1) },
    { key: 'x', label: t('keys.select'), act: () => cursor !== undefined && toggle(cursor) },
    { key: 'c', label: rt('versions.compare'), act: compare },
  ];
  useHotkeys(Object.fromEntries(commands.map(({ key, act }) => [key, act])));
  useOfferCommands(commands);
  return (
    <Section
      title={rt('versions.title')}
      className="shrink-0"
      note={
        <>
          {count(rows.length)}
          {hidden > 0 && (
            <>
              {', '}
              <button
                type="button"
                className="cursor-pointer text-accent"
                onClick={() => setArchived(!hasArchived)}
              >
                {rt(hasArchived ? 'versions.hide' : 'versions.show', { count: hidden })}
              </button>
            </>
          )}
        </>
      }
      end={
        <>
          <span className="flex items-center gap-1 max-sm:hidden">
            {rt('versions.selectTwo')} <Kbd>c</Kbd>
          </span>
          <Button disabled={b === undefined} onClick={compare}>
            {b === undefined
              ? rt('versions.compare')
              : rt('versions.comparePair', { a: `v${a}`, b: `v${b}` })}
          </Button>
        </>
      }
    >
      <Panel className="overflow-hidden">
        {rows.length === 0 && <Empty>{rt('versions.none')}</Empty>}
        <div role="table" aria-label={rt('versions.title')}>
          <div role="rowgroup" className="max-sm:sr-only">
            <div role="row" className={`tb-row tb-head ${COLUMNS}`}>
              <span role="columnheader">
                <span className="sr-only">{t('keys.select')}</span>
              </span>
              <span role="columnheader">{rt('version.version')}</span>
              <span role="columnheader">{rt('aliases.alias')}</span>
              <span role="columnheader" className="max-2xl:hidden">
                {t('projects.objective')}
              </span>
              <span role="columnheader" className="num">
                {rt('fact.dev')}
              </span>
              <span role="columnheader" className="num">
                {rt('fact.prod')}
              </span>
              <span role="columnheader" className="num max-sm:hidden">
                {t('home.change')}
              </span>
              <span role="columnheader" className="max-lg:hidden">
                {rt('fact.trainedBy')}
              </span>
              <span role="columnheader" className="max-lg:hidden">
                {rt('fact.data')}
              </span>
              <span role="columnheader" className="max-xl:hidden">
                {rt('version.code')}
              </span>
              <span role="columnheader" className="num max-xl:hidden">
                {rt('version.size')}
              </span>
              <span role="columnheader" className="max-lg:hidden">
                {rt('version.registered')}
              </span>
              <span role="columnheader" className="max-xl:hidden">
                {rt('version.by')}
              </span>
            </div>
          </div>
          <div role="rowgroup">
            {rows.map((row) => (
              <VersionTableRow
                key={row.number}
                model={model.name}
                row={row}
                decimals={decimals}
                isProduction={model.production?.version.number === row.number}
                isChosen={chosen.includes(row.number)}
                isCursor={cursor === row.number}
                onToggle={() => toggle(row.number)}
              />
            ))}
          </div>
        </div>
      </Panel>
    </Section>
  );
}

/** Archived or deprecated, and nobody's name leads there. */
function isPast(version: VersionRow, { model }: ModelPageJson): boolean {
  const isHeld = version.aliases.length > 0 || model.production?.version.number === version.number;
  return !isHeld && (version.stage === 'archived' || version.deprecated !== undefined);
}
