import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';

const MIB = 1024 * 1024;

/** A number, also as the text of a flag or variable; what is no number is refused rather than guessed. */
function number<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\s*\d/.test(value) ? Number(value) : value),
    schema,
  );
}

/** Everything that can be set. A setting is taken from its flag, else CAIRN_<NAME>, else the config file, else the default. */
const settings = z.strictObject({
  host: z
    .string()
    .default('127.0.0.1')
    .describe('address to listen on; only loopback without authentication'),
  port: number(z.int().min(0).max(65_535)).default(5100).describe('port to listen on; 0 takes a free one'),
  data: z.string().default('data').describe('directory of the embedded store'),
  allowedHosts: z
    .union([z.array(z.string()), z.string().transform(splitNames)])
    .default([])
    .describe('further names under which browsers may reach this server, comma-separated'),
  logLevel: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('how much is logged'),
  bodyLimitMib: number(z.number().positive().max(1024))
    .default(64)
    .describe('largest request body that is read into memory, MiB'),
  fileLimitMib: number(z.number().positive())
    .default(1024 * 1024)
    .describe('largest file that may be uploaded, MiB'),
});

export type Config = z.output<typeof settings>;

/** Flag name → what it means, for help texts. */
export const SETTINGS: ReadonlyArray<{
  readonly flag: string;
  readonly env: string;
  readonly meaning: string;
}> = Object.entries(settings.shape).map(([name, schema]) => ({
  flag: kebab(name),
  env: envName(name),
  meaning: schema.description ?? '',
}));

/**
 * @param argv flags without the program's name; `--config FILE` names a JSON file with the same settings.
 * @throws Fault `invalid` naming the setting that is wrong.
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv): Config {
  const names = Object.keys(settings.shape);
  const options = Object.fromEntries(
    [...names.map(kebab), 'config'].map((flag) => [flag, { type: 'string' as const }]),
  );
  const flags = parseFlags(argv, options);
  const file = flags['config'] ?? (env['CAIRN_CONFIG'] || undefined);
  const merged: Record<string, unknown> = file === undefined ? {} : readFile(file);
  for (const name of names) {
    // A variable that is set to nothing is not set: that is how compose files and CI leave one out.
    const value = flags[kebab(name)] ?? (env[envName(name)] || undefined);
    if (value !== undefined) merged[name] = value;
  }
  const parsed = settings.safeParse(merged);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Fault('invalid', `Setting ${issue?.path.join('.') || 'unknown'}: ${issue?.message ?? 'invalid'}`);
}

export function bodyLimitBytes(config: Config): number {
  return Math.floor(config.bodyLimitMib * MIB);
}

export function fileLimitBytes(config: Config): number {
  return Math.floor(config.fileLimitMib * MIB);
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function parseFlags(
  argv: readonly string[],
  options: Record<string, { type: 'string' }>,
): Record<string, string | undefined> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false }).values;
  } catch (error) {
    throw new Fault('invalid', error instanceof Error ? error.message : String(error));
  }
}

function readFile(file: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Fault('invalid', `The config file ${file} cannot be read as a JSON object.`, {}, error);
  }
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function envName(name: string): string {
  return `CAIRN_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}
