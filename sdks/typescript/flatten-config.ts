/** What a config may hold. Objects nest; everything else becomes one param. */
export type ConfigValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | readonly unknown[]
  | { readonly [key: string]: ConfigValue };

export interface ParamInput {
  readonly key: string;
  readonly value: string | number | boolean | null;
}

/**
 * `{ optim: { lr: 0.1 }, layers: [64, 10] }` → `optim/lr` = 0.1, `layers` = `[64,10]`. Objects nest with `/`, as metric
 * names do; lists become one param with their JSON text, so that they can be compared and read back as a whole;
 * `undefined` and functions are left out, an empty object says nothing. The server decides which names are good.
 */
export function flattenConfig(config: { readonly [key: string]: ConfigValue }, prefix = ''): ParamInput[] {
  return Object.entries(config).flatMap(([name, value]) => {
    const key = prefix + name;
    if (isNested(value)) return flattenConfig(value, `${key}/`);
    const scalar = toScalar(value);
    return scalar === undefined ? [] : [{ key, value: scalar }];
  });
}

function isNested(value: ConfigValue): value is { readonly [key: string]: ConfigValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** JSON has no NaN, infinities, −0 or big integers: those travel as their text. */
function toScalar(value: unknown): ParamInput['value'] | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0';
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? JSON.stringify(value, plainBigints) : undefined;
}

function plainBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
