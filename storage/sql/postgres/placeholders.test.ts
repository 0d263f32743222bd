import { expect, test } from 'vitest';
import { numberPlaceholders } from './placeholders.ts';

test('placeholders are numbered in their order', () => {
  expect(numberPlaceholders('INSERT INTO t VALUES (?, ?), (?, ?)')).toBe(
    'INSERT INTO t VALUES ($1, $2), ($3, $4)',
  );
});

test('a question mark within a literal or a quoted name is no placeholder', () => {
  const sql = `SELECT '?', 'it''s ?', "a""?" FROM t WHERE a = ? AND b = '' AND c = ?`;
  expect(numberPlaceholders(sql)).toBe(
    `SELECT '?', 'it''s ?', "a""?" FROM t WHERE a = $1 AND b = '' AND c = $2`,
  );
});

test('numbered ones stay', () => {
  expect(numberPlaceholders('SELECT $1, $2')).toBe('SELECT $1, $2');
});
