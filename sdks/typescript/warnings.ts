/** Says one line to a person. */
export type Warn = (line: string) => void;

/** Each text once: a training loop must not fill its log with the same complaint. */
export function once(warn: Warn): Warn {
  const said = new Set<string>();
  return (line) => {
    if (said.has(line)) return;
    said.add(line);
    warn(line);
  };
}

export function warnOnConsole(line: string): void {
  console.warn(`cairn: ${line}`);
}
