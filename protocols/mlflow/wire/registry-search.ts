import { z } from 'zod';
import { list, optionalInt64, optionalText, text } from './fields.ts';

/** What searches of registered models and of versions are sent. */
export const registrySearch = z.object({
  filter: optionalText,
  max_results: optionalInt64,
  order_by: list(text),
  page_token: optionalText,
});
