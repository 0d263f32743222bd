/** One measured number. `asked` is what it should reach, as text, where something was asked. */
export interface Figure {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly asked?: string;
}

export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.bench,
    figure.what,
    `${readable(figure.value)} ${figure.unit}`,
    figure.asked ?? '',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  console.log('');
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function readable(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
