import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import { ConnectionLost, isConnectionEnd, OutcomeUnknown, postgresFailure } from './postgres-failure.ts';

test.each([
  ['53100', 'full'],
  ['40001', 'busy'],
  ['40P01', 'busy'],
  ['55P03', 'busy'],
  ['57P03', 'busy'],
  ['57014', 'busy'],
  ['08006', 'busy'],
  ['53300', 'busy'],
  ['25006', 'busy'],
  ['23505', 'other'],
  ['42601', 'other'],
  ['22P02', 'other'],
  ['XX000', 'other'],
])('an error %s of the database is %s', (code, failure) => {
  expect(postgresFailure(errorOf(code, 'ERROR'))).toBe(failure);
});

test('an error that ends the connection stored nothing, whatever its code', () => {
  for (const severity of ['FATAL', 'PANIC']) {
    const error = errorOf('XX000', severity);
    expect([isConnectionEnd(error), postgresFailure(error)]).toEqual([true, 'busy']);
  }
  expect(postgresFailure(new ConnectionLost('reset'))).toBe('busy');
});

test('a connection whose prepared statements outlived the shape of a table is of no use', () => {
  const outgrown = Object.assign(errorOf('0A000', 'ERROR'), { routine: 'RevalidateCachedQuery' });
  expect([isConnectionEnd(outgrown), postgresFailure(outgrown)]).toEqual([true, 'busy']);
  const unsupported = Object.assign(errorOf('0A000', 'ERROR'), { routine: 'transformLockingClause' });
  expect([isConnectionEnd(unsupported), postgresFailure(unsupported)]).toEqual([false, 'other']);
});

test('only a COMMIT of unknown outcome is fatal; what is no failure of the database is a bug', () => {
  expect(postgresFailure(new OutcomeUnknown('reset'))).toBe('fatal');
  expect(postgresFailure(new Fault('corrupt', 'x'))).toBe('other');
  expect(postgresFailure(new TypeError('x'))).toBe('other');
});

function errorOf(code: string, severity: string): DatabaseError {
  return Object.assign(new DatabaseError('x', 1, 'error'), { code, severity });
}
