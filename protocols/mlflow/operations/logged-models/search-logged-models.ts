import { z } from 'zod';
import { searchModels, type OrderOn } from '#core/tracking/models/search-models.ts';
import { operation } from '../../operation.ts';
import {
  absentWhenNull,
  bool,
  experimentOf,
  list,
  optionalInt64,
  optionalText,
  text,
} from '../../wire/fields.ts';
import { pageLimit } from '../../wire/page-limit.ts';
import { declaredList } from '../../wire/presence.ts';
import { presentModel } from '../../wire/present.ts';

const order = z.object({
  field_name: text,
  ascending: absentWhenNull(bool),
  dataset_name: optionalText,
  dataset_digest: optionalText,
});

export const searchLoggedModels = operation({
  methods: ['POST'],
  path: '/mlflow/logged-models/search',
  permission: 'model:read',
  request: z.object({
    experiment_ids: list(text),
    filter: optionalText,
    datasets: list(z.object({ dataset_name: text, dataset_digest: optionalText })),
    max_results: optionalInt64,
    order_by: list(order),
    page_token: optionalText,
  }),
  async handle({ ports, principal }, request) {
    const page = await searchModels(ports, principal, {
      projects: request.experiment_ids.map(experimentOf),
      filter: request.filter ?? '',
      datasets: request.datasets.map(({ dataset_name: name, dataset_digest: digest }) => ({
        name,
        ...(digest && { digest }),
      })),
      order: request.order_by.map(orderOf),
      limit: pageLimit(request.max_results, { usual: 50, most: 1000 }),
      ...(request.page_token && { cursor: request.page_token }),
    });
    return {
      ...declaredList('models', page.items.map(presentModel)),
      ...(page.cursor !== undefined && { next_page_token: page.cursor }),
    };
  },
});

/** `metrics.val/acc`, descending → metrics.`val/acc` DESC, on the dataset that is named beside it. */
function orderOf(term: z.output<typeof order>): string | OrderOn {
  const { ascending, dataset_digest: digest, dataset_name: dataset, field_name: field } = term;
  const dot = field.indexOf('.');
  const name = dot < 0 ? field : `${field.slice(0, dot)}.\`${field.slice(dot + 1)}\``;
  const directed = `${name} ${ascending === false ? 'DESC' : 'ASC'}`;
  return dataset ? { order: directed, on: { name: dataset, ...(digest && { digest }) } } : directed;
}
