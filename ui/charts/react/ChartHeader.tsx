import type { ReactElement, ReactNode } from 'react';

import type { ChartTexts } from '#ui/charts/chart-texts.ts';
import type { ChartView } from '#ui/charts/chart-view.ts';
import type { Better } from '#ui/charts/readings.ts';
import { MiddleTruncated } from './MiddleTruncated.tsx';

export interface ChartHeaderProps {
  readonly title: string;
  readonly view: ChartView | undefined;
  readonly hasBand: boolean;
  readonly better: Better | undefined;
  readonly isObjective: boolean;
  readonly unit: string | undefined;
  readonly texts: ChartTexts;
  readonly formatX: (x: number) => string;
  readonly isTable: boolean;
  readonly onToggleTable: () => void;
  readonly actions: ReactNode;
}

export function ChartHeader(props: ChartHeaderProps): ReactElement {
  const { view, texts, better } = props;
  return (
    <figcaption className="chart-header">
      <MiddleTruncated text={props.title} className="chart-title" />
      {view !== undefined && view.nonFinite.rows > 0 && (
        <span
          className="chart-badge chart-badge-warning"
          title={texts.nanHint(props.formatX(view.nonFinite.firstX))}
        >
          {texts.nan(view.nonFinite.rows)}
        </span>
      )}
      {view !== undefined && view.clipped > 0 && (
        <span className="chart-badge" title={texts.clippedHint}>
          {texts.clipped(view.clipped)}
        </span>
      )}
      {view !== undefined && view.notPositive > 0 && (
        <span className="chart-badge chart-badge-warning" title={texts.notPositiveHint}>
          {texts.notPositive(view.notPositive)}
        </span>
      )}
      {props.hasBand && (
        <span className="chart-badge" title={texts.minMaxHint}>
          {texts.minMax}
        </span>
      )}
      <span className="chart-actions">
        {props.actions}
        <button type="button" className="chart-button" onClick={props.onToggleTable}>
          {props.isTable ? texts.viewAsChart : texts.viewAsTable}
        </button>
      </span>
      <span className="chart-unit">
        {[
          view?.y.kind === 'log' ? texts.log : undefined,
          props.unit,
          better === undefined ? undefined : arrowOf(better) + (props.isObjective ? ` ${texts[better]}` : ''),
          props.isObjective ? texts.objective : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(', ')}
        {better !== undefined && !props.isObjective && <span className="chart-unseen"> {texts[better]}</span>}
      </span>
    </figcaption>
  );
}

function arrowOf(better: Better): string {
  return better === 'min' ? '↓' : '↑';
}
