import { useState } from 'react';
import type { RunJson } from '#core/contract/schemas.ts';
import { Input } from '#ui/kit/Input.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Empty } from '../../../parts/placeholders.tsx';
import { count } from '../../../text/numbers.ts';
import { t } from '../../../text/translate.ts';

const SHOWN = 12;
const SEARCH_FROM = 12;

export function ParamsPanel({ run }: { readonly run: RunJson }) {
  const rows = run.params
    .map(({ key, text }) => ({ key, text }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return <Pairs title={t('run.params')} rows={rows} empty={t('run.noParams')} find={t('run.findParam')} />;
}

/** What people tagged; what clients note for themselves is under Origin. */
export function TagsPanel({ run }: { readonly run: RunJson }) {
  const rows = run.tags
    .filter(({ key }) => !/^(mlflow|cairn)\./.test(key))
    .map(({ key, value }) => ({ key, text: value }));
  return rows.length === 0 ? null : <Pairs title={t('run.tags')} rows={rows} empty="" find={t('run.tags')} />;
}

function Pairs({
  title,
  rows,
  empty,
  find,
}: {
  readonly title: string;
  readonly rows: readonly { readonly key: string; readonly text: string }[];
  readonly empty: string;
  readonly find: string;
}) {
  const [query, setQuery] = useState('');
  const [isAll, setAll] = useState(false);
  const wanted = query.trim().toLowerCase();
  const fitting = rows.filter(({ key, text }) => `${key} ${text}`.toLowerCase().includes(wanted));
  const shown = isAll || wanted !== '' ? fitting : fitting.slice(0, SHOWN);
  return (
    <Section
      title={title}
      note={count(rows.length)}
      end={
        <>
          {rows.length > SEARCH_FROM && (
            <Input
              className="w-40"
              label={find}
              placeholder={find}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
          {fitting.length > SHOWN && wanted === '' && (
            <button type="button" className="cursor-pointer text-accent" onClick={() => setAll(!isAll)}>
              {isAll ? t('action.showLess') : t('action.showAll')}
            </button>
          )}
        </>
      }
    >
      <Panel className="overflow-hidden">
        {rows.length === 0 && <Empty>{empty}</Empty>}
        {shown.map(({ key, text }) => (
          <div
            key={key}
            className="tb-row can-hover [--cols-gap:12px] [--cols:minmax(92px,40%)_minmax(0,1fr)]"
            title={`${key} = ${text}`}
          >
            <span className="truncate font-mono text-ink-2">{key}</span>
            <span className="truncate font-mono font-medium">{text}</span>
          </div>
        ))}
      </Panel>
    </Section>
  );
}
