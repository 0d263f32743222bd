import { expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import { DEFAULT_WORKSPACE, projectId } from '#core/domain/ids.ts';
import { authorise, may } from './authorise.ts';
import { LOCAL_OWNER, type Principal } from './principal.ts';

const viewerOfSeven: Principal = {
  kind: 'user',
  id: 'ana',
  grants: [{ scope: 'project', project: projectId('7'), role: 'viewer' }],
};

test('the local owner may everything', () => {
  expect(may(LOCAL_OWNER, 'server:admin')).toBe(true);
  expect(may(LOCAL_OWNER, 'run:write', { project: projectId('3') })).toBe(true);
});

test('a viewer of one project reads it, writes nothing and sees no other', () => {
  expect(may(viewerOfSeven, 'run:read', { project: projectId('7') })).toBe(true);
  expect(may(viewerOfSeven, 'run:write', { project: projectId('7') })).toBe(false);
  expect(may(viewerOfSeven, 'run:read', { project: projectId('8') })).toBe(false);
});

test('a workspace grant holds in its projects', () => {
  const editor: Principal = {
    kind: 'service',
    id: 'trainer',
    grants: [{ scope: 'workspace', workspace: DEFAULT_WORKSPACE, role: 'editor' }],
  };
  expect(may(editor, 'run:write', { workspace: DEFAULT_WORKSPACE, project: projectId('7') })).toBe(true);
  expect(may(editor, 'server:admin', { workspace: DEFAULT_WORKSPACE })).toBe(false);
});

test('refusal is a Fault that names the permission', () => {
  expect(() => authorise(viewerOfSeven, 'file:write', { project: projectId('7') })).toThrow(Fault);
  expect(() => authorise(viewerOfSeven, 'file:write', { project: projectId('7') })).toThrow('file:write');
});
