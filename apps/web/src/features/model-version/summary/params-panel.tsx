import { useState } from 'react';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import { Empty } from '../../../parts/placeholders.tsx';
import { VersionLink } from '../../../parts/registry/names.tsx';
import { count } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { t } from '../../../text/translate.ts';
import { paramChanges, type ParamChange } from './param-changes.ts';

const SHOWN = 10;

/** Hyperparameters, those first that differ from the version before in production. */
export function ParamsPanel({ version }: { readonly version: VersionDetail }) {
  const [isAll, setAll] = useState(false);
  const { comparedWith, model, origin } = version;
  const rows = paramChanges(origin.params, comparedWith);
  const changed = rows.filter(({ kind }) => kind === 'changed' || kind === 'added').length;
  const least = Math.max(SHOWN, changed);
  const shown = isAll ? rows : rows.slice(0, least);
  return (
    <Section
      title={rt('params.title')}
      note={
        rows.length > shown.length
          ? rt('params.of', { shown: count(shown.length), total: count(rows.length) })
          : count(rows.length)
      }
      end={
        <>
          {comparedWith !== undefined && (
            <span>
              {rt('params.against')}{' '}
              <VersionLink model={model.name} number={comparedWith} className="text-accent underline" />
            </span>
          )}
          {rows.length > least && (
            <button type="button" className="cursor-pointer text-accent" onClick={() => setAll(!isAll)}>
              {isAll ? t('action.showLess') : t('action.showAll')}
            </button>
          )}
        </>
      }
    >
      <Panel className="overflow-hidden py-1">
        {rows.length === 0 && <Empty>{origin.isHidden ? rt('fact.runHidden') : rt('params.none')}</Empty>}
        {shown.map((row) => (
          <ParamRow key={row.key} row={row} against={comparedWith} />
        ))}
      </Panel>
    </Section>
  );
}

function ParamRow({ row, against }: { readonly row: ParamChange; readonly against: number | undefined }) {
  const { key, text, kind, previous } = row;
  const isChanged = kind === 'changed' || kind === 'added';
  return (
    <div
      className="grid min-h-6 grid-cols-[minmax(0,1.1fr)_minmax(0,0.9fr)_minmax(0,0.9fr)] items-center gap-x-3 px-3 text-12 hover:bg-hover"
      title={`${key} = ${text}`}
    >
      <span className={`truncate font-mono ${isChanged ? '' : 'text-ink-2'}`}>{key}</span>
      <span className={`truncate text-right font-mono ${isChanged ? 'font-semibold' : 'text-ink-2'}`}>
        {text}
      </span>
      <span className={`truncate ${isChanged ? 'text-ink-2' : 'text-ink-3'}`}>
        {kind === 'changed' && rt('params.was', { value: previous ?? '' })}
        {kind === 'added' && rt('params.added')}
        {kind === 'same' && rt('params.same', { version: `v${against ?? ''}` })}
      </span>
    </div>
  );
}
