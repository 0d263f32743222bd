import { SETTINGS } from './config.ts';

/** What `--help` prints: every setting with its flag and its variable. */
export function helpText(): string {
  const rows = SETTINGS.map(({ flag, env, meaning }) => [`--${flag}`, env, meaning] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map(([flag, env, meaning]) =>
    `  ${flag.padEnd(widths[0] ?? 0)}  ${env.padEnd(widths[1] ?? 0)}  ${meaning}`.trimEnd(),
  );
  return [
    'Usage: cairn server [flags]',
    '',
    ...lines,
    '',
    '--config FILE reads the same settings from JSON.',
    '',
  ].join('\n');
}
