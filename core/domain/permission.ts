/** What a route or use-case needs. Each route declares one; a route without one stops the boot. */
export type Permission =
  | 'server:read'
  | 'server:admin'
  | 'account:self'
  | 'role:admin'
  | 'audit:read'
  | 'project:read'
  | 'project:write'
  | 'project:purge'
  | 'run:read'
  | 'run:write'
  | 'run:purge'
  | 'model:read'
  | 'model:write'
  | 'file:read'
  | 'file:write';
