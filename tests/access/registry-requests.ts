import type { AskFor } from './requests.ts';

const ofModel: AskFor = ({ registry: { model } }) => ({ params: { model } });
const ofVersion: AskFor = ({ registry: { model } }) => ({ params: { model, version: 2 } });
const ofDataset: AskFor = ({ dataset }) => ({ params: { dataset, number: 1 } });
const ofTable: AskFor = ({ table }) => ({ params: { type: 'table', name: table, number: 1 } });
const ofProject: AskFor = ({ project }) => ({ params: { project } });

/** What a request to each native route of the registry and of the questions needs. */
export const REGISTRY_REQUESTS: Readonly<Record<string, AskFor>> = {
  'GET /api/registry': () => ({ query: { limit: 500 } }),
  'POST /api/registry': () => ({ body: { name: `new ${crypto.randomUUID()}` } }),
  'GET /api/registry/:model': ofModel,
  'PATCH /api/registry/:model': ({ registry: { model } }) => ({ params: { model }, body: { owner: 'ana' } }),
  'DELETE /api/registry/:model': ofModel,
  'PUT /api/registry/:model/gates': ({ registry: { model } }) => ({ params: { model }, body: { gates: [] } }),
  'POST /api/registry/:model/versions': ({ registry: { model }, run }) => ({
    params: { model },
    body: { run },
  }),
  'GET /api/registry/:model/versions/:version': ofVersion,
  'PATCH /api/registry/:model/versions/:version': ({ registry: { model } }) => ({
    params: { model, version: 2 },
    body: { description: 'other' },
  }),
  'DELETE /api/registry/:model/versions/:version': ofVersion,
  'GET /api/registry/:model/versions/:version/file': ({ registry: { model }, key: path }) => ({
    params: { model, version: 2 },
    query: { path },
  }),
  'GET /api/registry/:model/versions/:version/gate': ({ registry: { model } }) => ({
    params: { model, version: 1 },
    query: { kind: 'alias', name: 'guarded' },
  }),
  'POST /api/registry/:model/promote': ({ registry: { model } }) => ({
    params: { model },
    body: { version: '1', target: { kind: 'stage', name: 'staging' } },
  }),
  'POST /api/registry/:model/rollback': ({ registry: { alias, model } }) => ({
    params: { model },
    body: { target: { kind: 'alias', name: alias } },
  }),
  'DELETE /api/registry/:model/aliases/:alias': ({ registry: { alias, model } }) => ({
    params: { model, alias },
  }),
  'POST /api/promotions/:promotion/decide': ({ registry: { promotion } }) => ({
    params: { promotion },
    body: { decision: 'approved' },
  }),
  'POST /api/promotions/:promotion/withdraw': ({ registry: { promotion } }) => ({
    params: { promotion },
    body: {},
  }),
  'GET /api/promotions': () => ({}),
  'POST /api/registry/:model/versions/:version/evaluations': ({ registry: { model } }) => ({
    params: { model, version: 2 },
    body: { evaluations: [{ metric: 'm', value: 1 }] },
  }),
  'GET /api/registry/:model/versions/:version/evaluations': ofVersion,
  'GET /api/registry/:model/log': ofModel,
  'GET /api/registry/:model/log/verify': ofModel,
  'POST /api/registry/:model/deployments': ({ registry: { model } }) => ({
    params: { model },
    body: { version: '1', environment: 'us-prod' },
  }),
  'POST /api/deployments/:deployment/end': ({ registry: { deployment } }) => ({
    params: { deployment },
    body: {},
  }),
  'GET /api/production': () => ({ query: { limit: 500 } }),
  'GET /api/registry/:model/performance': ofModel,
  'GET /api/projects/:project/objective': ofProject,
  'GET /api/projects/:project/best': ofProject,
  'GET /api/lineage': ({ registry }) => ({ query: { root: `version ${registry.model}@2` } }),
  'GET /api/datasets': () => ({}),
  'GET /api/datasets/:dataset': ofDataset,
  'GET /api/datasets/:dataset/versions/:number/use': ofDataset,
  'GET /api/artifacts/:type': () => ({ params: { type: 'table' } }),
  'GET /api/artifacts/:type/:name': ofTable,
  'GET /api/artifacts/:type/:name/versions/:number': ofTable,
  'GET /api/artifacts/:type/:name/versions/:number/file': ({ table, key }) => ({
    params: { type: 'table', name: table, number: 1 },
    query: { path: key },
  }),
};
