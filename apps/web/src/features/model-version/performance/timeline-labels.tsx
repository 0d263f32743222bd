import type { TimelineChartProps } from './timeline-chart.tsx';

interface LabelsProps extends Pick<TimelineChartProps, 'lines' | 'reference' | 'format'> {
  readonly y: (value: number) => number;
  /** Where the plot ends, CSS pixels. */
  readonly edge: number;
}

/** Labels do not come closer to each other than this. */
const APART = 15;

/** Names at the right edge, kept apart. */
export function EndLabels({ lines, reference, format, y, edge }: LabelsProps) {
  const ends = [
    ...(reference
      ? [
          {
            id: 'reference',
            colour: 'var(--text)',
            y: y(reference.value),
            text: `${reference.label} ${format(reference.value)}`,
            isBold: true,
          },
        ]
      : []),
    ...lines.flatMap(({ id, colour, label, points, isMuted }) => {
      const end = points.at(-1);
      return end && !isMuted
        ? [{ id, colour, y: y(end[1]), text: `${label} ${format(end[1])}`, isBold: false }]
        : [];
    }),
  ].toSorted((a, b) => a.y - b.y);
  let above = -Infinity;
  return ends.map((end) => {
    const at = Math.max(end.y, above + APART);
    above = at;
    return (
      <g key={end.id}>
        <circle cx={edge + 9} cy={at} r="2.5" style={{ fill: end.colour }} />
        <text
          x={edge + 16}
          y={at + 4}
          className={`text-11 ${end.isBold ? 'fill-ink font-semibold' : 'fill-ink-2'}`}
        >
          {end.text}
        </text>
      </g>
    );
  });
}

/** On a phone: over the lines, at their ends. */
export function InnerLabels({ lines, reference, format, y, edge }: LabelsProps) {
  const last = lines.find(({ isMuted }) => isMuted !== true);
  const end = last?.points.at(-1);
  return (
    <>
      {reference && (
        <text x={edge} y={y(reference.value) - 6} textAnchor="end" className="fill-ink text-11 font-semibold">
          {`${reference.label} ${format(reference.value)}`}
        </text>
      )}
      {last && end && (
        <text x={edge} y={y(end[1]) - 12} textAnchor="end" className="fill-ink-2 text-11">
          {`${last.label} ${format(end[1])}`}
        </text>
      )}
    </>
  );
}
