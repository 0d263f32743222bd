import { expect, test } from 'vitest';
import { CLIENTS, clientLines } from './client-lines.ts';

test('each client’s lines carry the address and the whole key', () => {
  const key = `cairn-${'A1b2'.repeat(10)}`;
  for (const client of CLIENTS) {
    const lines = clientLines(client, key, { origin: 'https://cairn.example', workspace: 'default' });
    expect(lines).toContain('https://cairn.example');
    expect(lines).toContain(key);
  }
});

test('MLflow reads its token from the variable that its client knows', () => {
  expect(clientLines('mlflow', 'cairn-x', { origin: 'https://cairn.example', workspace: 'default' })).toBe(
    'export MLFLOW_TRACKING_URI=https://cairn.example\nexport MLFLOW_TRACKING_TOKEN=cairn-x',
  );
});

test('a workspace stands in the base path of MLflow’s address, and is named to every other client', () => {
  const lines = (client: (typeof CLIENTS)[number]): string =>
    clientLines(client, 'cairn-x', { origin: 'https://cairn.example', workspace: 'vision' });
  expect(lines('mlflow')).toContain('MLFLOW_TRACKING_URI=https://cairn.example/w/vision\n');
  expect(lines('python')).toContain('"https://cairn.example/w/vision"');
  expect(lines('cli')).toContain(
    'cairn login https://cairn.example --key cairn-x\ncairn projects --workspace vision',
  );
  expect(lines('typescript')).toContain('CAIRN_SERVER=https://cairn.example\n');
  expect(lines('typescript')).toContain('CAIRN_WORKSPACE=vision');
  expect(lines('curl')).toContain('https://cairn.example/api/projects?workspace=vision');
});
