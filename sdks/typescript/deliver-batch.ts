import { ApiError, type Client } from '#core/contract/client.ts';
import type { LogBody } from './batch.ts';
import { randomHex } from './random-hex.ts';
import type { Warn } from './warnings.ts';

// A request is one atomic commit, so one bad name would cost everything beside it. A refused batch is therefore halved
// until what is refused stands alone; that is lost with a warning, the rest is stored. A refusal stored nothing, so the
// halves are new requests with new keys.

/** Answers about the content, which a part of the content may escape; 401, 403, 404 and 410 are about the run. */
const ABOUT_CONTENT: ReadonlySet<number> = new Set([400, 409, 413, 422]);

export interface Delivery {
  readonly client: Pick<Client, 'logToRun'>;
  readonly run: string;
  readonly warn: Warn;
  readonly signal: AbortSignal;
}

/**
 * Sends a batch until it is acknowledged or refused.
 * @throws what ended the waiting, when the signal fired first.
 */
export async function deliverBatch(to: Delivery, body: LogBody, key: string): Promise<void> {
  try {
    await to.client.logToRun(
      { params: { run: to.run }, body },
      { signal: to.signal, headers: { 'idempotency-key': key } },
    );
  } catch (error) {
    if (!(error instanceof ApiError) || to.signal.aborted) throw error;
    const halves = ABOUT_CONTENT.has(error.status) ? halve(body) : undefined;
    if (!halves) {
      to.warn(`${describe(body)} not stored: ${error.message}`);
      return;
    }
    for (const half of halves) await deliverBatch(to, half, randomHex());
  }
}

type Part =
  | { kind: 'params'; part: LogBody['params'][number] }
  | { kind: 'tags'; part: LogBody['tags'][number] }
  | { kind: 'points'; part: LogBody['points'][number] }
  | { kind: 'datasets'; part: LogBody['datasets'][number] };

function halve(body: LogBody): [LogBody, LogBody] | undefined {
  const parts: Part[] = [
    ...body.params.map((part) => ({ kind: 'params' as const, part })),
    ...body.tags.map((part) => ({ kind: 'tags' as const, part })),
    ...body.points.map((part) => ({ kind: 'points' as const, part })),
    ...body.datasets.map((part) => ({ kind: 'datasets' as const, part })),
  ];
  if (parts.length < 2) return undefined;
  const middle = Math.ceil(parts.length / 2);
  return [gather(parts.slice(0, middle)), gather(parts.slice(middle))];
}

function gather(parts: readonly Part[]): LogBody {
  const body: LogBody = { params: [], tags: [], points: [], datasets: [] };
  for (const { kind, part } of parts) {
    if (kind === 'params') body.params.push(part);
    else if (kind === 'tags') body.tags.push(part);
    else if (kind === 'points') body.points.push(part);
    else body.datasets.push(part);
  }
  return body;
}

/** Without counts, so that the same refusal of the next batch is the same text and is not said again. */
function describe({ params, tags, points, datasets }: LogBody): string {
  if (params.length + tags.length + points.length + datasets.length > 1) return 'what was logged is';
  if (datasets[0]) return `dataset '${datasets[0].name}' is`;
  if (params[0]) return `param '${params[0].key}' is`;
  return tags[0] ? `tag '${tags[0].key}' is` : `metric '${points[0]?.metric ?? ''}' is`;
}
