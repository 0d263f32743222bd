import { expect, test } from 'vitest';
import { healthOf } from './health.ts';

test('a model that does as well in production is ok, also when it is better', () => {
  expect(healthOf({ direction: 'max', dev: 0.9, prod: 0.885 })).toEqual({
    health: 'ok',
    detail: '0.885 in production, 0.9 in development.',
  });
  expect(healthOf({ direction: 'min', dev: 12, prod: 9 }).health).toBe('ok');
});

test('more than 2 % worse, by the direction of the objective, is worse and says by how much', () => {
  expect(healthOf({ direction: 'max', dev: 0.912, prod: 0.821 })).toEqual({
    health: 'worse',
    detail: 'Worse by 10.0 %: 0.821 in production, 0.912 in development.',
  });
  expect(healthOf({ direction: 'min', dev: 12.1, prod: 15.8 }).health).toBe('worse');
  // A figure below 0 counts by its size, and any loss from 0 is worse.
  expect(healthOf({ direction: 'max', dev: -2, prod: -2.03 }).health).toBe('ok');
  expect(healthOf({ direction: 'min', dev: 0, prod: 0.001 })).toMatchObject({
    health: 'worse',
    detail: 'Worse: 0.001 in production, 0 in development.',
  });
});

test('what is missing is named', () => {
  expect(healthOf({ direction: 'max', dev: 1, prod: undefined })).toEqual({
    health: 'unknown',
    detail: 'Nobody has measured it in production.',
  });
  expect(healthOf({ direction: 'max', dev: undefined, prod: 1 }).health).toBe('unknown');
  expect(healthOf({ direction: undefined, dev: 1, prod: 1 }).detail).toContain('objective');
});
