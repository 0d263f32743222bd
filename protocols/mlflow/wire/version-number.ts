import { Fault } from '#core/domain/fault.ts';

/** Numbers of versions are texts on the wire. @throws Fault `invalid` for what spells none. */
export function versionNumber(text: string): number {
  const number = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
  if (number !== undefined && Number.isSafeInteger(number)) return number;
  throw new Fault('invalid', `Parameter 'version' must be an integer, got '${text.slice(0, 80)}'.`, {
    field: 'version',
  });
}
