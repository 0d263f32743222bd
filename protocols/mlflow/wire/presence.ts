/** A proto message as JSON. */
export type Present = Readonly<Record<string, unknown>>;

/** A map as a list of key/value messages under a name; absent when empty, as proto-JSON has it. */
export function declaredTags(name: string, map: ReadonlyMap<string, string>): Present {
  return map.size === 0 ? {} : { [name]: [...map].map(([key, value]) => ({ key, value })) };
}

/** A list under a name; absent when empty. */
export function declaredList(name: string, items: readonly unknown[]): Present {
  return items.length === 0 ? {} : { [name]: items };
}
