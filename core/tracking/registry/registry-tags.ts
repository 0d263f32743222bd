import { assertName, assertText } from '#core/domain/names.ts';
import type { Tag } from '../ports/change.ts';

/** Longest value of a registry's tag, in UTF-16 code units: prompts keep their text in one. */
const VALUE_LIMIT = 100_000;

/** @throws Fault `invalid`: the key of a name's shape, the value a text of at most 100,000 characters. */
export function assertRegistryTags(tags: readonly Tag[]): void {
  for (const { key, value } of tags) {
    assertName('tag', key);
    assertText('value', value, VALUE_LIMIT);
  }
}
