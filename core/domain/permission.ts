/** What a route or use-case needs. Each route declares one; a route without one stops the boot. */
export type Permission =
  | 'server:read'
  | 'server:admin'
  | 'project:read'
  | 'project:write'
  | 'run:read'
  | 'run:write'
  | 'model:read'
  | 'model:write'
  | 'file:read'
  | 'file:write';
