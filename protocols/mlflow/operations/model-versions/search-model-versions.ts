import { searchVersions } from '#core/tracking/registry/search-versions.ts';
import { operation } from '../../operation.ts';
import { pageLimit } from '../../wire/page-limit.ts';
import { declaredList } from '../../wire/presence.ts';
import { presentVersion } from '../../wire/present-registry.ts';
import { registrySearch } from '../../wire/registry-search.ts';

export const searchModelVersions = operation({
  methods: ['GET'],
  path: '/mlflow/model-versions/search',
  permission: 'registry:read',
  request: registrySearch,
  async handle({ ports, principal, workspace }, request) {
    const page = await searchVersions(ports, principal, {
      workspace,
      filter: request.filter ?? '',
      order: request.order_by,
      limit: pageLimit(request.max_results, { usual: 10_000, most: 200_000 }),
      ...(request.page_token && { cursor: request.page_token }),
    });
    return {
      ...declaredList(
        'model_versions',
        page.items.map(({ model, version }) => presentVersion(model, version)),
      ),
      ...(page.cursor !== undefined && { next_page_token: page.cursor }),
    };
  },
});
