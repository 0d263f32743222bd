import { Fault } from '#core/domain/fault.ts';

/** @throws Fault `invalid`: a word such as `production` or `eu-prod`. */
export function assertEnvironment(text: string): void {
  if (/^[a-z0-9][\w.-]{0,63}$/.test(text)) return;
  throw new Fault(
    'invalid',
    `Invalid environment '${text.slice(0, 80)}': a word of small letters, digits, '_', '.', '-', at most 64.`,
    { field: 'environment' },
  );
}
