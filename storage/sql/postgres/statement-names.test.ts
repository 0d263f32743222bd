import { expect, test } from 'vitest';
import { StatementNames } from './statement-names.ts';

test('a statement that comes again and again is prepared, under one name', () => {
  const names = new StatementNames();
  const sent = Array.from({ length: 5 }, () => ({ ...names.of('SELECT ?') }));
  expect(sent.map(({ text }) => text)).toEqual(Array.from({ length: 5 }, () => 'SELECT $1'));
  expect(sent.map(({ name }) => name)).toEqual([undefined, undefined, 'cairn_1', 'cairn_1', 'cairn_1']);
});

test('names are few, differ, and keep their text for as long as the connection lives', () => {
  const names = new StatementNames();
  const texts = Array.from({ length: 3000 }, (_, i) => `SELECT ${i}`);
  const texted = new Map<string, string>();
  for (let round = 0; round < 3; round += 1) {
    for (const text of texts) {
      for (let use = 0; use < 3; use += 1) {
        const { name } = names.of(text);
        if (name === undefined) continue;
        expect(texted.get(name) ?? text).toBe(text);
        texted.set(name, text);
      }
    }
  }
  expect(texted.size).toBe(256);
});
