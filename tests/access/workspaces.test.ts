import { beforeAll, expect, test } from 'vitest';
import { walkWorkspaces, type Crossing } from './walk-workspaces.ts';

const isOfMlflow = (url: string): boolean => /\/mlflow(-artifacts)?\/|get-artifact/.test(url);

let mlflow: readonly Crossing[];
let native: readonly Crossing[];
beforeAll(async () => {
  mlflow = await walkWorkspaces('/w/vision', isOfMlflow);
  native = await walkWorkspaces('', (url) => url.startsWith('/api/') && !isOfMlflow(url));
}, 300_000);

test('below a workspace, ids of another one are answered exactly as ids that are nowhere', () => {
  for (const { route, asker, theirs, absent } of mlflow.filter(({ names }) => names)) {
    expect([route, asker, theirs]).toEqual([route, asker, absent]);
  }
});

test('every route of a run, an experiment, a model, a file or their names answers that there is none', () => {
  const answered = new Map<string, number>();
  for (const { theirs } of mlflow.filter(({ asker }) => asker === 'owner')) {
    const code = /RESOURCE_DOES_NOT_EXIST/.exec(theirs)?.[0] ?? theirs.slice(0, 3);
    answered.set(code, (answered.get(code) ?? 0) + 1);
  }
  expect(answered.get('RESOURCE_DOES_NOT_EXIST')).toBeGreaterThan(100);
});

test('nothing of another workspace is shown or changed, on either wire', () => {
  const all = [...mlflow, ...native];
  expect(all.filter(({ leaks }) => leaks)).toEqual([]);
  expect(all.filter(({ changes }) => changes)).toEqual([]);
  // Not because what was sent means nothing.
  expect(mlflow.filter(({ athome }) => athome < 300).length).toBeGreaterThan(150);
  expect(native.filter(({ athome }) => athome < 300).length).toBeGreaterThan(50);
});

test('who has a role in one workspace hears of what is in another as of what is nowhere', () => {
  for (const { route, theirs, absent } of native.filter(({ names }) => names)) {
    expect([route, theirs]).toEqual([route, absent]);
  }
});
