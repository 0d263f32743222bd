import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { SessionLimits } from '#core/domain/account.ts';
import { Fault } from '#core/domain/fault.ts';
import { PRIVATE, settings, SWITCHES } from './settings.ts';

const MIB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

export type Config = z.output<typeof settings>;

/** Every setting with its flag, its variable and what it means, for help texts. */
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
 * @throws Fault `invalid` naming the setting that is wrong and what it should be.
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv): Config {
  const names = Object.keys(settings.shape);
  const flags = parseFlags(argv, names);
  const file = (flags['config'] as string | undefined) ?? (env['CAIRN_CONFIG'] || undefined);
  const merged: Record<string, unknown> = file === undefined ? {} : readFile(file);
  for (const name of names) {
    // A variable that is set to nothing is not set: that is how compose files and CI leave one out.
    const value = flags[kebab(name)] ?? (env[envName(name)] || undefined);
    if (value !== undefined) merged[name] = value;
  }
  const parsed = settings.safeParse(merged);
  if (parsed.success) return assertTogether(parsed.data);
  throw refusal(parsed.error.issues[0], merged);
}

export function bodyLimitBytes(config: Config): number {
  return Math.floor(config.bodyLimitMib * MIB);
}

export function bodiesLimitBytes(config: Config): number {
  return Math.floor(config.bodiesLimitMib * MIB);
}

export function fileLimitBytes(config: Config): number {
  return Math.floor(config.fileLimitMib * MIB);
}

export function sessionLimits(config: Pick<Config, 'sessionDays' | 'sessionIdleDays'>): SessionLimits {
  return { idleMs: config.sessionIdleDays * DAY_MS, lifetimeMs: config.sessionDays * DAY_MS };
}

function assertTogether(config: Config): Config {
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    const [has, lacks] = config.tlsCert === undefined ? ['key', 'cert'] : ['cert', 'key'];
    throw new Fault('invalid', `--tls-${has} is set without --tls-${lacks}; HTTPS needs both.`);
  }
  return config;
}

/** What was expected and what came instead: the words of a person, not of a validator. */
function refusal(issue: z.core.$ZodIssue | undefined, merged: Readonly<Record<string, unknown>>): Fault {
  if (issue?.code === 'unrecognized_keys') {
    return new Fault('invalid', `Setting ${issue.keys.join(', ')}: there is no such setting.`);
  }
  const name = String(issue?.path[0]);
  const schema = (settings.shape as Readonly<Record<string, z.ZodType>>)[name];
  const expected = String(schema?.meta()?.['expected']);
  const got = PRIVATE.has(name) ? 'something else' : JSON.stringify(merged[name]).slice(0, 100);
  return new Fault(
    'invalid',
    `Setting ${name}: expected ${expected}, got ${got} (--${kebab(name)}, ${envName(name)}).`,
  );
}

function parseFlags(
  argv: readonly string[],
  names: readonly string[],
): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries([
    ...names.map((name) => [kebab(name), { type: SWITCHES.has(name) ? 'boolean' : 'string' }] as const),
    ['config', { type: 'string' }] as const,
  ]);
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
