import { nodeSecrets } from '#apps/server/node-secrets.ts';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { listModels } from '#core/tracking/answers/model-list.ts';
import { modelPage } from '#core/tracking/answers/model-page.ts';
import { versionPage } from '#core/tracking/answers/version-page.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { searchRegisteredModels } from '#core/tracking/registry/search-registered-models.ts';
import { searchVersions } from '#core/tracking/registry/search-versions.ts';

/** What one asks of a large registry through the use-cases that pages and wires call: without HTTP, with every permission asked. */
export function registryAnswers(
  store: Store,
  some: () => { readonly name: string; readonly run: string },
): ReadonlyArray<readonly [what: string, kind: string, ask: () => Promise<unknown>]> {
  const ports = { ...store, secrets: nodeSecrets, clock: { now: () => Date.now() } };
  const workspace = DEFAULT_WORKSPACE;
  const models = (filter: string, limit = 100) =>
    searchRegisteredModels(ports, LOCAL_OWNER, { workspace, filter, order: [], limit });
  const versions = (filter: string) =>
    searchVersions(ports, LOCAL_OWNER, { workspace, filter, order: [], limit: 10_000 });
  return [
    [
      'models page, 100 rows',
      'models page',
      () => listModels(ports, LOCAL_OWNER, { workspace, q: '', limit: 100 }),
    ],
    [
      'model page',
      'models page',
      () => modelPage(ports, LOCAL_OWNER, { workspace, model: some().name, limit: 200 }),
    ],
    [
      'version page',
      'version page',
      () => versionPage(ports, LOCAL_OWNER, { workspace, model: some().name, version: '7' }),
    ],
    ['search of models, all', 'find', () => models('')],
    ['search of models by a part of the name', 'find', () => models("name LIKE '%model-77%'")],
    ['search of models by a tag', 'find', () => models("tags.team = '11'")],
    ['search of versions of a model', 'find', () => versions(`name = '${some().name}'`)],
    ['search of versions of a run', 'find', () => versions(`run_id = '${some().run}'`)],
  ];
}
