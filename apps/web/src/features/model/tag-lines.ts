// Tags as lines that people can edit: `key: value`, or the key alone.

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What clients note for themselves is not shown and never touched. */
const INTERNAL = /^(mlflow|cairn)\./;

export function tagLines(tags: readonly Tag[]): string {
  return tags
    .filter(({ key }) => !INTERNAL.test(key))
    .map(({ key, value }) => (value === '' ? key : `${key}: ${value}`))
    .join('\n');
}

/** One for each line that is not empty; of a key that stands twice the last one counts. */
export function parseTags(text: string): Tag[] {
  const tags = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    const key = (at === -1 ? line : line.slice(0, at)).trim();
    if (key !== '') tags.set(key, at === -1 ? '' : line.slice(at + 1).trim());
  }
  return [...tags].map(([key, value]) => ({ key, value }));
}

/** What must be set and removed to come from one to the other. */
export function tagChanges(
  before: readonly Tag[],
  after: readonly Tag[],
): { setTags: Tag[]; removeTags: string[] } {
  const had = new Map(before.map(({ key, value }) => [key, value]));
  const has = new Set(after.map(({ key }) => key));
  return {
    setTags: after.filter(({ key, value }) => had.get(key) !== value),
    removeTags: before.map(({ key }) => key).filter((key) => !INTERNAL.test(key) && !has.has(key)),
  };
}
