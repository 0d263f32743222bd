import { Pin } from 'lucide-react';
import type { ComponentType } from 'react';
import { hasNaN, metricOf, objectiveValue, runDuration } from '../../../api/run-values.ts';
import { Delta } from '#ui/kit/Delta.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { RunStatus } from '../../../parts/run-status.tsx';
import type { ShownRun } from '../../../parts/charts/shown-run.ts';
import { Trend } from '../../../parts/trend.tsx';
import { fixed } from '../../../text/numbers.ts';
import { absolute, age, duration } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { textOf, type CellLooks } from './cell-looks.ts';
import type { Attribute, Column } from './columns.ts';
import type { Row } from './rows.ts';
import type { Board } from '../use-board.ts';

export interface CellProps {
  readonly column: Column;
  readonly row: Row;
  readonly line: ShownRun | undefined;
  readonly looks: CellLooks;
  readonly board: Board;
}

export function Cell(props: CellProps) {
  const { column, row, looks, board } = props;
  const { run } = row;
  if (column.kind === 'attribute') {
    const Attribute = ATTRIBUTE_CELLS[column.id];
    return <Attribute {...props} />;
  }
  if (column.kind === 'metric') {
    const value = metricOf(run, column.key, column.aggregate);
    return value === undefined ? null : fixed(value, looks.decimals.get(column.id) ?? 4);
  }
  const { base } = board.reading;
  const text = textOf(column, run);
  // Equal to the baseline: dimmed, so that differences stand out.
  const isSame = base !== undefined && base !== run && text === textOf(column, base);
  return (
    <span title={text} className={isSame ? 'text-ink-3' : ''}>
      {text}
    </span>
  );
}

const ATTRIBUTE_CELLS: Record<Attribute, ComponentType<CellProps>> = {
  name: NameCell,
  status: ({ row, board }) => <RunStatus run={row.run} now={board.reading.now} />,
  objective: ObjectiveCell,
  delta: DeltaCell,
  trend: TrendCell,
  age: ({ row, board }) => (
    <span className="text-ink-3" title={absolute(row.run.startedAt)}>
      {age(row.run.startedAt, board.reading.now)}
    </span>
  ),
  duration: ({ row, board }) => (
    <span className="text-ink-2">{duration(runDuration(row.run, board.reading.now))}</span>
  ),
  user: ({ row }) => <span className="text-ink-2">{row.run.userId}</span>,
  wire: ({ row }) => <span className="text-ink-3">{row.run.wire}</span>,
};

function NameCell({ row: { run, place } }: CellProps) {
  return (
    <span className="flex min-w-0 items-center gap-1" title={run.name}>
      {place === 'pinned' && <Pin size={11} strokeWidth={1.5} className="shrink-0 text-ink-3" />}
      <span className="truncate font-mono">{run.name}</span>
    </span>
  );
}

function ObjectiveCell({ row, looks, board }: CellProps) {
  const { objective } = board;
  const value = objectiveValue(row.run, objective);
  if (value === undefined || !objective) return null;
  return (
    <span className="inline-flex items-center justify-end gap-1">
      {hasNaN(row.run, objective.metric) && (
        <span title="NaN">
          <Status status="warning" />
          <span className="sr-only">NaN</span>
        </span>
      )}
      <span className={value === looks.best ? 'font-semibold' : ''}>
        {fixed(value, looks.decimals.get('objective') ?? 4)}
      </span>
    </span>
  );
}

function DeltaCell({ row: { run }, board, looks }: CellProps) {
  const { objective, base } = board.reading;
  if (!base || !objective) return null;
  if (base === run) return <b className="font-semibold">{t('board.base')}</b>;
  const value = objectiveValue(run, objective);
  const other = objectiveValue(base, objective);
  if (value === undefined || other === undefined) return null;
  const decimals = looks.decimals.get('objective') ?? 4;
  return <Delta by={value - other} format={(size) => fixed(size, decimals)} better={objective.direction} />;
}

function TrendCell({ row, line, looks, board }: CellProps) {
  const { objective } = board;
  if (!objective || objectiveValue(row.run, objective) === undefined) return null;
  return (
    <Trend
      run={row.run.id}
      metric={objective.metric}
      width={56}
      height={20}
      ink={line?.ink ?? 'muted'}
      xRange={looks.trendX}
      yRange={looks.trendY}
      isBroken={hasNaN(row.run, objective.metric)}
    />
  );
}
