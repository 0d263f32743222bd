import { Fault } from '#core/domain/fault.ts';
import { stageName } from '#core/domain/registry.ts';

/** Which version of a registered model: by number, by alias (`latest` is the greatest number), or the newest in a stage. */
export type VersionAddress =
  | { readonly number: number }
  | { readonly alias: string }
  | { readonly stage: string };

/** What people and URLs write: `14`, `@champion`, `latest`, `production`. @throws Fault `invalid`. */
export function versionAddress(text: string): VersionAddress {
  if (/^\d{1,15}$/.test(text)) return { number: Number(text) };
  if (/^[+-]?\d+$/.test(text)) {
    throw new Fault('invalid', `There is no version '${text.slice(0, 80)}'.`, { field: 'version' });
  }
  if (text.startsWith('@')) return { alias: text.slice(1) };
  return text.toLowerCase() === 'latest' ? { alias: text } : { stage: stageName(text) };
}
