import { dashPattern, inkColour } from '#ui/charts/palette.ts';
import type { ShownRun } from '../../../parts/charts/shown-run.ts';

/** A piece of the run's line, with its colour and dash; grey while it is not shown. */
export function LineSample({ line }: { readonly line: ShownRun | undefined }) {
  return (
    <svg width="12" height="8" aria-hidden="true">
      <path
        d="M0 4h12"
        style={{ stroke: line ? inkColour(line.ink) : 'var(--border)' }}
        strokeWidth={line?.rank === 'base' ? 3 : 2}
        strokeDasharray={
          line && line.dash > 0 ? (line.dash === 1 ? '5 2' : dashPattern(line.dash)) : undefined
        }
      />
    </svg>
  );
}
