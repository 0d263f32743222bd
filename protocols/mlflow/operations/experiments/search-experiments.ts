import { z } from 'zod';
import { searchProjects } from '#core/tracking/projects/search-projects.ts';
import { operation } from '../../operation.ts';
import {
  absentWhenNull,
  list,
  optionalInt64,
  optionalText,
  text,
  viewOf,
  viewType,
} from '../../wire/fields.ts';
import { pageLimit } from '../../wire/page-limit.ts';
import { declaredList } from '../../wire/presence.ts';
import { presentExperiment } from '../../wire/present.ts';

export const searchExperiments = operation({
  methods: ['GET', 'POST'],
  path: '/mlflow/experiments/search',
  permission: 'project:read',
  request: z.object({
    max_results: optionalInt64,
    page_token: optionalText,
    filter: optionalText,
    order_by: list(text),
    view_type: absentWhenNull(viewType),
  }),
  async handle({ ports, principal, workspace }, request) {
    const page = await searchProjects(ports, principal, {
      workspace,
      view: viewOf(request.view_type),
      filter: request.filter ?? '',
      order: request.order_by,
      limit: pageLimit(request.max_results, { usual: 1000, most: 50_000 }),
      ...(request.page_token && { cursor: request.page_token }),
    });
    return {
      ...declaredList('experiments', page.items.map(presentExperiment)),
      ...(page.cursor !== undefined && { next_page_token: page.cursor }),
    };
  },
});
