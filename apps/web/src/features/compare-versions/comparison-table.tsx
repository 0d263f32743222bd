import { Panel } from '#ui/kit/Panel.tsx';
import { Delta } from '#ui/kit/Delta.tsx';
import type { VersionDetail } from '../../api/registry.ts';
import { NameChips, VersionLink } from '../../parts/registry/names.tsx';
import { MetricName } from '../../parts/metric-name.tsx';
import { decimalsOf, fixed } from '../../text/numbers.ts';
import { rt } from '../../text/registry/translate.ts';
import type { CompareGroup, CompareRow } from './comparison.ts';

const COLUMNS =
  'grid grid-cols-[minmax(0,248px)_minmax(0,1fr)_minmax(0,1fr)] max-lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)]';
const CELL = 'flex min-h-7 min-w-0 items-center gap-2 border-l border-line px-3 py-1 max-sm:px-2';

/** Key, one, the other; changed cells are tinted, equal ones dimmed. */
export function ComparisonTable({
  a,
  b,
  groups,
}: {
  readonly a: VersionDetail;
  readonly b: VersionDetail;
  readonly groups: readonly (CompareGroup & { readonly total: number })[];
}) {
  const isEmpty = groups.every(({ rows }) => rows.length === 0);
  return (
    <Panel className="overflow-hidden text-12">
      <div role="table" aria-label={rt('compare.heading')}>
        <div role="rowgroup">
          <div role="row" className={`${COLUMNS} min-h-9`}>
            <span role="columnheader" className="flex items-center px-3 text-ink-3">
              {rt('compare.key')}
            </span>
            {[a, b].map((version) => (
              <span key={version.number} role="columnheader" className={`${CELL} font-normal`}>
                <VersionLink
                  model={version.model.name}
                  number={version.number}
                  className="text-13 font-semibold text-ink"
                />
                <span className="flex min-w-0 gap-1 max-sm:hidden">
                  <NameChips version={version} />
                </span>
              </span>
            ))}
          </div>
        </div>
        {groups
          .filter(({ rows }) => rows.length > 0)
          .map((group) => (
            <div role="rowgroup" key={group.name}>
              <div role="row" className="flex h-7 items-center gap-2 border-t border-line bg-sunk px-3">
                <span role="rowheader" className="font-medium">
                  {rt(`compare.group.${group.name}`)}
                </span>
                <span role="cell" className="text-ink-3">
                  {rt('params.of', { shown: String(group.different), total: String(group.total) })}
                </span>
              </div>
              {group.rows.map((row) => (
                <Row key={row.key} row={row} isFile={group.name === 'files'} />
              ))}
            </div>
          ))}
      </div>
      {isEmpty && <p className="border-t border-line px-3 py-3 text-ink-3">{rt('compare.nothing')}</p>}
    </Panel>
  );
}

function Row({ row, isFile }: { readonly row: CompareRow; readonly isFile: boolean }) {
  const { key, a, b, by, better, numbers, isSame } = row;
  const decimals = numbers && decimalsOf(numbers);
  const show = (text: string | undefined, number: number | undefined): string =>
    text === undefined
      ? '—'
      : number !== undefined && decimals !== undefined
        ? fixed(number, decimals)
        : text;
  const bIsBest = better !== undefined && by !== undefined && by !== 0 && by > 0 === (better === 'max');
  const aIsBest = better !== undefined && by !== undefined && by !== 0 && !bIsBest;
  return (
    <div role="row" data-key={key} className={`${COLUMNS} border-t border-line`}>
      <span role="rowheader" className="flex min-h-7 min-w-0 items-center px-3 max-sm:px-2" title={key}>
        <MetricName name={key} />
      </span>
      <span role="cell" className={`${CELL} font-mono`}>
        <span
          className={`min-w-0 break-words ${aIsBest ? 'font-semibold' : ''} ${isSame ? 'text-ink-3' : ''}`}
        >
          {show(a, numbers?.[0])}
        </span>
      </span>
      <span
        role="cell"
        className={`${CELL} font-mono ${isSame ? 'text-ink-3' : numbers ? '' : 'bg-selected'}`}
      >
        <span className={`min-w-0 break-words ${bIsBest ? 'font-semibold' : ''}`}>
          {show(b, numbers?.[1])}
        </span>
        <span className="ml-auto shrink-0 font-sans text-ink-3 max-sm:hidden">
          {numbers && by !== undefined ? (
            <Delta by={by} better={better} format={(size) => fixed(size, decimals ?? 4)} />
          ) : (
            note(row, isFile)
          )}
        </span>
      </span>
    </div>
  );
}

/** What a change of text means: `+2`, added, removed. */
function note({ a, b, by, isSame }: CompareRow, isFile: boolean): string {
  if (isSame) return '';
  if (a === undefined) return rt('compare.added');
  if (b === undefined) return rt('compare.removed');
  if (isFile) return rt('compare.changed');
  return by === undefined ? '' : `${by > 0 ? '+' : '−'}${Math.abs(by)}`;
}
