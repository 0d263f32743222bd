import type { CustomTypesConfig } from 'pg';
import { Fault } from '#core/domain/fault.ts';

// Object ids of types: src/include/catalog/pg_type.dat of PostgreSQL; they never change.
const BYTEA = 17;
const INT8 = 20;
const INT2 = 21;
const INT4 = 23;

/** Columns come as text: `pg` decodes binary ones as UTF-8 on their way, which destroys them. */
export const postgresValues: CustomTypesConfig = {
  getTypeParser: ((oid: number) => PARSERS.get(oid) ?? String) as CustomTypesConfig['getTypeParser'],
};

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [BYTEA, bytesOf],
  [INT8, integerOf],
  [INT4, Number],
  [INT2, Number],
]);

/** @throws Fault `corrupt` beyond ±2^53, where a number would silently be another one. */
function integerOf(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Fault('corrupt', `The stored integer ${text} exceeds 2^53.`);
  return value;
}

/** `\x` and hexadecimal digits. Plain bytes, not a Buffer: both databases give the same. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length - 2) / 2);
  const written = Buffer.from(bytes.buffer).write(text.slice(2), 'hex');
  if (!text.startsWith('\\x') || written !== bytes.length) {
    throw new Fault('corrupt', 'Stored bytes did not come as hexadecimal digits.');
  }
  return bytes;
}
