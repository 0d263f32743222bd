import { expect, test } from 'vitest';
import { BodyBudget } from './body-budget.ts';

const BUSY = { code: 'unavailable', details: { retryAfterSeconds: 1 } };

test('bodies share a budget, and what does not fit is told to come again', () => {
  const bodies = new BodyBudget(100);
  bodies.take(60);
  bodies.take(40);
  expect(() => bodies.take(1)).toThrow(expect.objectContaining(BUSY));
  bodies.give(40);
  bodies.take(30);
  expect(() => bodies.take(11)).toThrow(expect.objectContaining(BUSY));
});

test('a body larger than the budget has it for itself', () => {
  const bodies = new BodyBudget(100);
  bodies.take(500);
  expect(() => bodies.take(1)).toThrow(expect.objectContaining(BUSY));
  bodies.give(500);
  bodies.take(500);
});
