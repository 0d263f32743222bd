import { expect, test } from 'vitest';
import { CLIENTS, clientLines } from './client-lines.ts';

test('each client’s lines carry the address and the whole key', () => {
  const key = `cairn-${'A1b2'.repeat(10)}`;
  for (const client of CLIENTS) {
    const lines = clientLines(client, 'https://cairn.example', key);
    expect(lines).toContain('https://cairn.example');
    expect(lines).toContain(key);
  }
});

test('MLflow reads its token from the variable that its client knows', () => {
  expect(clientLines('mlflow', 'https://cairn.example', 'cairn-x')).toBe(
    'export MLFLOW_TRACKING_URI=https://cairn.example\nexport MLFLOW_TRACKING_TOKEN=cairn-x',
  );
});
