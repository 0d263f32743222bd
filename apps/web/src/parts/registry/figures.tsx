import type { FigureJson, VersionRow } from '../../api/registry.ts';
import { Delta } from '#ui/kit/Delta.tsx';
import { count, decimalsOf, fixed } from '../../text/numbers.ts';
import { rt } from '../../text/registry/translate.ts';
import { absolute } from '../../text/times.ts';

type Pair = Pick<VersionRow, 'dev' | 'prod' | 'objective'>;

/** A difference within this part of the development figure is not tinted; the server calls more than it `worse`. */
const NOISE_SHARE = 0.02;

/** Decimals under which figures that stand together line up. */
export function figureDecimals(rows: readonly Pick<VersionRow, 'dev' | 'prod'>[]): number {
  return decimalsOf(rows.flatMap(({ dev, prod }) => [dev?.value ?? NaN, prod?.value ?? NaN]));
}

/** A figure as a number; where it is from, on what and when, on hover. A dash says how to supply it. */
export function Figure({
  figure,
  decimals,
  missing,
}: {
  readonly figure: FigureJson | undefined;
  readonly decimals?: number | undefined;
  /** What would put a number here. */
  readonly missing?: string;
}) {
  if (!figure) {
    return (
      <span className="text-ink-3" title={missing}>
        —
      </span>
    );
  }
  const { value } = figure;
  return <span title={figureWords(figure)}>{fixed(value, decimals ?? decimalsOf([value]))}</span>;
}

/** How far production is from development, tinted by the metric's direction where it is more than noise. */
export function FigureDelta({
  row: { dev, prod, objective },
  decimals,
}: {
  readonly row: Pair;
  readonly decimals?: number | undefined;
}) {
  if (!dev || !prod || dev.metric !== prod.metric) return null;
  const digits = decimals ?? decimalsOf([dev.value, prod.value]);
  return (
    <Delta
      by={prod.value - dev.value}
      better={objective?.metric === dev.metric ? objective.direction : undefined}
      tolerance={Math.abs(dev.value) * NOISE_SHARE}
      format={(size) => fixed(size, digits)}
    />
  );
}

/** `val/auc, evaluation in eu-prod, on holdout@v3, 318,220 samples, 2026-11-02 09:14:00`. */
export function figureWords(figure: FigureJson): string {
  const { metric, environment, at, samples, dataset, from } = figure;
  return [
    metric,
    rt(`figure.${from}`, { environment }),
    dataset && rt('figure.on', { dataset: datasetName(dataset) }),
    samples !== undefined && rt('figure.samples', { count: samples, n: count(samples) }),
    absolute(at),
  ]
    .filter(Boolean)
    .join(', ');
}

export function datasetName(dataset: NonNullable<FigureJson['dataset']>): string {
  if (dataset.number !== undefined) return `${dataset.name}@v${dataset.number}`;
  return dataset.digest === undefined ? dataset.name : `${dataset.name}@${dataset.digest.slice(0, 8)}`;
}
