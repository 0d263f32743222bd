import type { ReactElement } from 'react';

import type { ChartLine } from '#ui/charts/chart-line.ts';
import type { ChartTexts } from '#ui/charts/chart-texts.ts';
import { lineFacts } from '#ui/charts/chart-view.ts';
import { formatValue } from '#ui/charts/number-format.ts';

export interface ChartTableProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly texts: ChartTexts;
}

/** The chart in numbers, for screen readers and for copying. */
export function ChartTable({ title, lines, texts }: ChartTableProps): ReactElement {
  const { columns } = texts;
  return (
    // A scroll box must be reachable by keyboard.
    <div className="chart-table" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.line}</th>
            <th scope="col">{columns.last}</th>
            <th scope="col">{columns.min}</th>
            <th scope="col">{columns.max}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const facts = lineFacts(line.series);
            return (
              <tr key={line.id}>
                <th scope="row">
                  {line.label} {line.name}
                </th>
                <td>{formatValue(facts.last)}</td>
                <td>{formatValue(facts.min)}</td>
                <td>{formatValue(facts.max)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
