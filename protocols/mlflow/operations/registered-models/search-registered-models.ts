import { latestVersions } from '#core/tracking/registry/latest-versions.ts';
import { searchRegisteredModels as search } from '#core/tracking/registry/search-registered-models.ts';
import { operation } from '../../operation.ts';
import { pageLimit } from '../../wire/page-limit.ts';
import { declaredList } from '../../wire/presence.ts';
import { presentRegisteredModel } from '../../wire/present-registry.ts';
import { registrySearch } from '../../wire/registry-search.ts';

export const searchRegisteredModels = operation({
  methods: ['GET'],
  path: '/mlflow/registered-models/search',
  permission: 'registry:read',
  request: registrySearch,
  async handle({ ports, principal, workspace }, request) {
    const page = await search(ports, principal, {
      workspace,
      filter: request.filter ?? '',
      order: request.order_by,
      limit: pageLimit(request.max_results, { usual: 100, most: 1000 }),
      ...(request.page_token && { cursor: request.page_token }),
    });
    const latest = await latestVersions(ports, page.items);
    const models = page.items.map((model) => presentRegisteredModel(model, latest.get(model)));
    return {
      ...declaredList('registered_models', models),
      ...(page.cursor !== undefined && { next_page_token: page.cursor }),
    };
  },
});
