import { expect, test } from 'vitest';
import { loadLines } from './load-lines.ts';

const file = { path: 'MLmodel', digest: 'd', sizeBytes: 1 };
const version = { number: 14, aliases: ['production'], fileList: [file], model: { name: 'churn' } };

test('MLflow loads it by its number and by its alias, from this server', () => {
  const lines = loadLines('mlflow', version, {
    address: 'http://127.0.0.1:5100',
    workspace: 'default',
    needsKey: false,
  });
  expect(lines).toContain('load_model("models:/churn/14")');
  expect(lines).toContain('load_model("models:/churn@production")');
  expect(lines).toContain('MLFLOW_TRACKING_URI=http://127.0.0.1:5100\n');
  expect(lines).not.toContain('TOKEN');
});

test('a server that asks who one is gets a key in every line that speaks to it', () => {
  expect(
    loadLines('mlflow', version, { address: 'https://c', workspace: 'default', needsKey: true }),
  ).toContain('MLFLOW_TRACKING_TOKEN=cairn-…');
  expect(
    loadLines('curl', version, { address: 'https://c', workspace: 'default', needsKey: true }).match(
      /Bearer/g,
    ),
  ).toHaveLength(3);
});

test('names that a shell or an address would take apart are quoted', () => {
  const odd = { ...version, aliases: [], model: { name: "it's a/b" } };
  expect(loadLines('cairn', odd, { address: 'https://c', workspace: 'default', needsKey: false })).toContain(
    `cairn lineage 'it'\\''s a/b@14'`,
  );
  expect(loadLines('curl', odd, { address: 'https://c', workspace: 'default', needsKey: false })).toContain(
    '/registry/it%27s%20a%2Fb/',
  );
});
