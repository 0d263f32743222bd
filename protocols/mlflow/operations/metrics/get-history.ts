import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { readPoints } from '#core/tracking/series/read-points.ts';
import { operation } from '../../operation.ts';
import { optionalInt64, optionalText, runOf, runRef, text } from '../../wire/fields.ts';
import { historyOrder, pointAt } from '../../wire/history-order.ts';
import { pageLimit } from '../../wire/page-limit.ts';
import { declaredList } from '../../wire/presence.ts';
import { presentMetric } from '../../wire/present.ts';

/** Clients that ask for no page (Java, R, 2.x) get everything up to this many points. */
const CAP = 25_000;

export const getHistory = operation({
  methods: ['GET'],
  path: '/mlflow/metrics/get-history',
  permission: 'run:read',
  request: z.object({ ...runRef, metric_key: text, max_results: optionalInt64, page_token: optionalText }),
  async handle({ ports, principal }, request) {
    const points = await readPoints(ports, principal, { run: runOf(request), metric: request.metric_key });
    const limit = pageLimit(request.max_results, { usual: CAP, most: 50_000 });
    const start = request.page_token ? offsetOf(request.page_token) : 0;
    const order = historyOrder(points);
    const rows = Array.from(order.subarray(start, start + limit), (at) =>
      presentMetric(request.metric_key, pointAt(points, at)),
    );
    const isMore = request.max_results !== undefined && start + limit < order.length;
    return {
      ...declaredList('metrics', rows),
      ...(isMore && { next_page_token: btoa(String(start + limit)) }),
    };
  },
});

function offsetOf(token: string): number {
  const offset = /^[A-Za-z0-9+/]+=*$/.test(token)
    ? Number(Buffer.from(token, 'base64').toString('latin1'))
    : Number.NaN;
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw new Fault('invalid', 'Invalid page token.', { field: 'page_token' });
  return offset;
}
