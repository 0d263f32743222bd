/** What may stand before the server is asked; it has the last word. */
export function isAccountName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._@-]{0,63}$/.test(name);
}
