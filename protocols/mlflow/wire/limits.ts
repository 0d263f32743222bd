import { Fault } from '#core/domain/fault.ts';
import { textParam } from '#core/domain/run.ts';
import type { NewParam, Tag } from '#core/tracking/ports/change.ts';

/** MLflow cuts long values rather than refuse them (params at 6,000, tags at 8,000); Cairn keeps ten times as much first. */
const VALUE_LIMIT = 65_536;
const BATCH = { metrics: 1000, params: 100, tags: 100, total: 1000 } as const;

export function paramOf({ key, value }: Tag): NewParam {
  return { key, value: textParam(cut(value)) };
}

export function tagOf({ key, value }: Tag): Tag {
  return { key, value: cut(value) };
}

/** @throws Fault `invalid` beyond what one log-batch may carry. */
export function assertBatch(counts: { metrics: number; params: number; tags: number }): void {
  for (const kind of ['metrics', 'params', 'tags'] as const) {
    if (counts[kind] > BATCH[kind]) {
      throw new Fault(
        'invalid',
        `A batch logging request can contain at most ${BATCH[kind]} ${kind}. Got ${counts[kind]} ${kind}. Please split up ${kind} across multiple requests and try again.`,
        { field: kind },
      );
    }
  }
  const total = counts.metrics + counts.params + counts.tags;
  if (total > BATCH.total) {
    throw new Fault(
      'invalid',
      `A batch logging request can contain at most ${BATCH.total} metrics, params, and tags in total. Got ${total}.`,
    );
  }
}

function cut(value: string): string {
  return value.length > VALUE_LIMIT ? value.slice(0, VALUE_LIMIT).toWellFormed() : value;
}
