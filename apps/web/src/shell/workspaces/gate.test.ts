import { expect, test } from 'vitest';
import type { Session } from '../../api/identity.ts';
import { standingIn } from './gate.ts';

const team = (...grants: Session['grants']): Session => ({ mode: 'team', needsSetup: false, grants });
const local: Session = { mode: 'local', needsSetup: false, grants: [] };
const inVision = team({ place: { scope: 'workspace', workspace: 'vision' }, role: 'viewer' });
const inProject = team({ place: { scope: 'project', project: '3' }, role: 'viewer' });
const admin = team({ place: { scope: 'server' }, role: 'admin' });
const VISION = [{ id: 'vision' }];

test('the workspaces that a session names are open without asking', () => {
  for (const [session, workspace] of [
    [local, 'default'],
    [admin, 'default'],
    [team(), 'default'],
    [inVision, 'vision'],
  ] as const) {
    expect(standingIn(workspace, { session, path: '/', seen: undefined })).toEqual({ kind: 'open' });
  }
});

test('any other is asked after, and is open or missing then', () => {
  for (const [session, workspace] of [
    [local, 'vision'],
    [admin, 'vision'],
    [inProject, 'vision'],
    [inVision, 'default'],
  ] as const) {
    const at = { session, path: '/projects' };
    expect(standingIn(workspace, { ...at, seen: undefined })).toEqual({ kind: 'asking' });
    expect(standingIn(workspace, { ...at, seen: [{ id: workspace }] })).toEqual({ kind: 'open' });
    expect(standingIn(workspace, { ...at, seen: [{ id: 'other' }] })).toEqual({ kind: 'missing' });
  }
});

test('the home of everybody leads to where one has a role', () => {
  const at = { session: inVision, seen: VISION };
  expect(standingIn('default', { ...at, path: '/' })).toEqual({ kind: 'elsewhere', workspace: 'vision' });
  expect(standingIn('audio', { ...at, path: '/' })).toEqual({ kind: 'missing' });
});

test('pages of the server are of no workspace', () => {
  for (const path of ['/account', '/admin', '/admin/roles']) {
    expect(standingIn('audio', { session: inVision, path, seen: VISION })).toEqual({ kind: 'open' });
  }
});
