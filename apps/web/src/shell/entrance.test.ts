import { expect, test } from 'vitest';
import type { Session } from '../api/identity.ts';
import { entrance, wantedPath } from './entrance.ts';

const origin = 'https://cairn.example';
const at = (path: string) => {
  const { pathname, search, hash } = new URL(path, origin);
  return { origin, pathname, search, hash };
};
const team = (change: Partial<Session> = {}): Session => ({
  mode: 'team',
  needsSetup: false,
  grants: [],
  ...change,
});
const ana = {
  id: 'u-0000000000000001',
  kind: 'user' as const,
  name: 'ana',
  displayName: 'Ana',
  createdAt: 0,
};

test('local mode has no set-up and no log-in', () => {
  const local: Session = { mode: 'local', needsSetup: false, grants: [] };
  expect(entrance(local, at('/p/1/runs'))).toBeUndefined();
  expect(['/login', '/setup#token=x', '/join'].map((path) => entrance(local, at(path)))).toEqual([
    '/',
    '/',
    '/',
  ]);
});

test('a server without an account leads to set-up from everywhere', () => {
  const empty = team({ needsSetup: true });
  expect(entrance(empty, at('/p/1/runs?q=a'))).toBe('/setup');
  expect(entrance(empty, at('/setup#token=x'))).toBeUndefined();
});

test('who is not logged in logs in first, and gets to where he wanted to go', () => {
  expect(entrance(team(), at('/'))).toBe('/login');
  expect(entrance(team(), at('/setup'))).toBe('/login');
  const path = entrance(team(), at('/p/1/runs?q=a%20%3C%201&sel=1,2#x')) ?? '';
  expect(wantedPath(at(path))).toBe('/p/1/runs?q=a%20%3C%201&sel=1,2#x');
  expect(entrance(team(), at('/join#token=x'))).toBeUndefined();
});

test('the links that MLflow prints survive the log-in', () => {
  const path = entrance(team(), at('/#/experiments/2/runs/ab')) ?? '';
  expect(wantedPath(at(path))).toBe('/#/experiments/2/runs/ab');
});

test('who is logged in has nothing to do at the log-in, but may accept another invitation', () => {
  const session = team({ account: ana });
  expect(entrance(session, at('/login?to=/projects'))).toBe('/projects');
  expect(entrance(session, at('/projects'))).toBeUndefined();
  expect(entrance(session, at('/join#token=x'))).toBeUndefined();
});

test('a return address leads nowhere else', () => {
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/login',
  ]) {
    expect(wantedPath(at(`/login?${new URLSearchParams({ to }).toString()}`))).toBe('/');
  }
});

test('without an answer the pages are shown, which say what is wrong', () => {
  expect(entrance(undefined, at('/projects'))).toBeUndefined();
});
