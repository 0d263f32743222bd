import { z } from 'zod';
import { searchRuns as search } from '#core/tracking/runs/search-runs.ts';
import { operation } from '../../operation.ts';
import {
  absentWhenNull,
  experimentOf,
  list,
  optionalInt64,
  optionalText,
  text,
  viewOf,
  viewType,
} from '../../wire/fields.ts';
import { pageLimit } from '../../wire/page-limit.ts';
import { declaredList } from '../../wire/presence.ts';
import { presentRun } from '../../wire/present.ts';

export const searchRuns = operation({
  methods: ['POST'],
  path: '/mlflow/runs/search',
  permission: 'run:read',
  request: z.object({
    experiment_ids: list(text),
    filter: optionalText,
    run_view_type: absentWhenNull(viewType),
    max_results: optionalInt64,
    order_by: list(text),
    page_token: optionalText,
  }),
  async handle({ ports, principal }, request) {
    const page = await search(ports, principal, {
      projects: request.experiment_ids.map(experimentOf),
      filter: request.filter ?? '',
      order: request.order_by,
      view: viewOf(request.run_view_type),
      limit: pageLimit(request.max_results, { usual: 1000, most: 50_000 }),
      ...(request.page_token && { cursor: request.page_token }),
    });
    return {
      ...declaredList('runs', page.items.map(presentRun)),
      ...(page.cursor !== undefined && { next_page_token: page.cursor }),
    };
  },
});
