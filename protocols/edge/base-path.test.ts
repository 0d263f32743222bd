import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { withoutBase, workspaceOf } from './base-path.ts';

const asked = (url: string) => ({ url }) as IncomingMessage;

test.each([
  ['/api/2.0/x', '', '/api/2.0/x', 'default'],
  ['/w/vision/api/2.0/x?y=/w/z/', '', '/api/2.0/x?y=/w/z/', 'vision'],
  ['/w/vision', '', '/', 'vision'],
  ['/w/vision?x=1', '', '/?x=1', 'vision'],
  ['/w/default/api', '', '/api', 'default'],
  ['/w/a/w/b/api', '', '/w/b/api', 'a'],
  ['/w/Not one/api', '', '/w/Not one/api', 'default'],
  ['/w/../api', '', '/w/../api', 'default'],
  ['/w//api', '', '/w//api', 'default'],
  ['/files/w/vision/api', '', '/files/w/vision/api', 'default'],
  ['/ml/api/2.0/x', '/ml', '/api/2.0/x', 'default'],
  ['/ml/w/vision/api?x', '/ml', '/api?x', 'vision'],
  ['/ml', '/ml', '/', 'default'],
  ['/ml?x', '/ml', '/?x', 'default'],
  ['/mlflow/x', '/ml', '/mlflow/x', 'default'],
  ['/api/2.0/x', '/ml', '/api/2.0/x', 'default'],
  ['/w/vision/api', '/ml', '/api', 'vision'],
])('%s below %j is %s of workspace %s', (url, basePath, expected, workspace) => {
  const raw = asked(url);
  expect(withoutBase(raw, basePath)).toBe(expected);
  expect(workspaceOf({ raw } as FastifyRequest)).toBe(workspace);
});
