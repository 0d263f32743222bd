import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Status } from '#ui/kit/Status.tsx';
import type { VersionRow } from '../../../api/registry.ts';
import { ObjectiveChip } from '../../../parts/objective-chip.tsx';
import { Figure, FigureDelta } from '../../../parts/registry/figures.tsx';
import { DataLink, NameChips, VersionLink } from '../../../parts/registry/names.tsx';
import { bytes } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { absolute } from '../../../text/times.ts';

export const COLUMNS =
  '[--cols:16px_48px_minmax(120px,1fr)_128px_72px_72px_84px_112px_120px_76px_68px_84px_72px] max-2xl:[--cols:16px_40px_minmax(80px,1fr)_72px_72px_84px_96px_104px_64px_60px_80px_64px] max-2xl:[--cols-gap:14px] max-xl:[--cols:16px_48px_minmax(0,1fr)_72px_72px_84px_112px_112px_84px] max-lg:[--cols:16px_48px_minmax(0,1fr)_72px_72px_84px] max-sm:[--cols:20px_40px_minmax(0,1fr)_60px_60px] max-sm:[--cols-gap:8px]';

/** A version as a row: it can be selected, and leads to its page and its run. */
export function VersionTableRow({
  model,
  row,
  decimals,
  isProduction,
  isChosen,
  isCursor,
  onToggle,
}: {
  readonly model: string;
  readonly row: VersionRow;
  readonly decimals: number;
  readonly isProduction: boolean;
  readonly isChosen: boolean;
  readonly isCursor: boolean;
  readonly onToggle: () => void;
}) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCursor) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isCursor]);
  const { number, run, data, gitCommit, sizeBytes, createdAt, createdBy, deprecated } = row;
  const look = isChosen || isProduction ? 'bg-selected' : '';
  return (
    <div
      ref={element}
      role="row"
      aria-selected={isChosen}
      data-version={number}
      className={`tb-row can-hover min-h-8.5! max-sm:min-h-11! ${COLUMNS} ${look} ${isCursor ? 'outline-2 -outline-offset-2 outline-accent' : ''} ${deprecated ? 'text-ink-3' : ''}`}
    >
      <span role="cell">
        <input
          type="checkbox"
          aria-label={rt('versions.select', { version: `v${number}` })}
          className="block size-3.5 cursor-pointer accent-accent"
          checked={isChosen}
          onChange={onToggle}
        />
      </span>
      <span role="cell">
        <VersionLink model={model} number={number} className="font-semibold text-ink" />
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-1.5">
        <NameChips version={row} />
        {deprecated && (
          <span className="truncate" title={deprecated.reason}>
            <Status status="warning">{rt('deprecate.word')}</Status>
          </span>
        )}
      </span>
      <span role="cell" className="max-2xl:hidden">
        {row.objective && <ObjectiveChip objective={row.objective} />}
      </span>
      <span role="cell" className="num font-medium">
        <Figure figure={row.dev} decimals={decimals} missing={rt('fact.devHow')} />
      </span>
      <span role="cell" className="num font-medium">
        <Figure figure={row.prod} decimals={decimals} missing={rt('fact.prodHow')} />
      </span>
      <span role="cell" className="num max-sm:hidden">
        <FigureDelta row={row} decimals={decimals} />
      </span>
      <span role="cell" className="truncate max-lg:hidden">
        {run && (
          <Link
            to="/p/$project/runs/$number/{-$tab}"
            params={{ project: run.project, number: String(run.number), tab: undefined }}
            className="rounded-control text-accent hover:underline"
            title={run.name}
          >
            {run.projectName} {run.number}
          </Link>
        )}
      </span>
      <span
        role="cell"
        className="truncate font-mono max-lg:hidden"
        title={data.map(({ name, number: of }) => `${name}@v${of}`).join(', ')}
      >
        {data[0] && <DataLink data={data[0]} />}
        {data.length > 1 && <span className="text-ink-3"> +{data.length - 1}</span>}
      </span>
      <span role="cell" className="truncate font-mono text-ink-2 max-xl:hidden" title={gitCommit}>
        {gitCommit?.slice(0, 7)}
      </span>
      <span role="cell" className="num text-ink-2 max-xl:hidden">
        {sizeBytes !== undefined && bytes(sizeBytes)}
      </span>
      <span role="cell" className="text-ink-2 max-lg:hidden" title={absolute(createdAt)}>
        {absolute(createdAt).slice(0, 10)}
      </span>
      <span role="cell" className="truncate text-ink-2 max-xl:hidden">
        {createdBy.name}
      </span>
    </div>
  );
}
