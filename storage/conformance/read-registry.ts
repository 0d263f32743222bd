import type { ModelId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import { lineageKey, type LineageNode } from '#core/domain/lineage.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import {
  DEPLOYMENTS,
  PROMOTIONS,
  REGISTERED,
  REGISTERED_NAMES,
  TAG_KEYS,
  VERSIONS,
} from './registry-operations.ts';
import { AT } from './sample-changes.ts';

type Registry = Store['registry'];

export interface World {
  readonly workspaces: readonly WorkspaceId[];
  readonly runs: readonly RunId[];
  readonly models: readonly ModelId[];
}

const ALL = 1000;

/** All that the registry can be asked about a small world, in an order of its own where the port promises none. */
export async function readRegistry(registry: Registry, world: World): Promise<unknown> {
  const { workspaces } = world;
  const collected: Record<string, unknown> = {};
  for (const model of REGISTERED) collected[model] = await ofModel(registry, model);
  for (const workspace of workspaces) collected[workspace] = await ofWorkspace(registry, workspace, world);
  for (const version of VERSIONS) {
    collected[`${version.model}/${version.number}`] = [
      await registry.modelVersion(version),
      await registry.evaluations({ version, limit: ALL }),
      await registry.evaluations({ version, metric: 'auc', limit: 2 }),
      await registry.evaluations({ version, environment: 'production', since: AT + 2, limit: ALL }),
    ];
  }
  collected['versions'] = sorted(await registry.modelVersions(VERSIONS));
  collected['latest'] = sorted(await registry.latestEvaluations(VERSIONS));
  collected['promotions'] = await Promise.all(PROMOTIONS.map((id) => registry.promotion(id)));
  collected['deployments'] = await Promise.all(DEPLOYMENTS.map((id) => registry.deployment(id)));
  for (const way of ['up', 'down'] as const) {
    collected[way] = sorted(await registry.edges({ nodes: nodesOf(world), way, limit: ALL }));
  }
  return collected;
}

async function ofModel(registry: Registry, model: (typeof REGISTERED)[number]): Promise<unknown> {
  const trail: unknown[] = [];
  for await (const entry of registry.registryTrail(model)) trail.push(entry);
  return {
    model: await registry.registeredModel(model),
    trail,
    log: await registry.registryLog({ model, version: 1, before: 9, limit: 2 }),
    history: await registry.holderHistory(model),
    promotions: [
      sorted(await registry.promotions({ model })),
      sorted(await registry.promotions({ model, isHistory: true })),
    ],
    deployments: sorted(await registry.deployments(model)),
  };
}

async function ofWorkspace(
  registry: Registry,
  workspace: WorkspaceId,
  { runs, models }: World,
): Promise<unknown> {
  const datasets = await registry.artifacts({ workspace, type: 'dataset' });
  const sealed = await registry.artifacts({ workspace, type: 'model' });
  return {
    models: await registry.registeredModels(workspace),
    named: await Promise.all(REGISTERED_NAMES.map((name) => registry.registeredModelNamed(workspace, name))),
    found: await Promise.all([
      registry.findVersions({ workspace }),
      registry.findVersions({ workspace, runs: runs.slice(0, 1) }),
      registry.findVersions({ workspace, loggedModels: models, models: REGISTERED.slice(0, 1) }),
      ...TAG_KEYS.map((key) => registry.findVersions({ workspace, tag: { key } })),
      registry.findVersions({ workspace, tag: { key: TAG_KEYS[0] ?? '', value: 'why' } }),
    ]),
    artifacts: [...datasets, ...sealed],
    numbered: await Promise.all(
      [...datasets, ...sealed].map((artifact) => registry.artifactVersions(artifact)),
    ),
    sizes: await Promise.all(
      sealed.flatMap(({ manifest }) => (manifest ? [registry.manifestSize(manifest)] : [])),
    ),
    open: sorted(await registry.openPromotions(workspace)),
    running: sorted(await registry.runningDeployments(workspace)),
  };
}

function nodesOf({ workspaces, runs, models }: World): readonly LineageNode[] {
  const datasets = ['digits', 'iris'].flatMap((name) => ['d1', 'd2'].map((digest) => ({ name, digest })));
  return [
    ...workspaces.flatMap((workspace) =>
      datasets.map((dataset): LineageNode => ({ kind: 'artifact', workspace, type: 'dataset', ...dataset })),
    ),
    ...runs.map((run): LineageNode => ({ kind: 'run', run })),
    ...models.map((model): LineageNode => ({ kind: 'logged-model', model })),
    ...VERSIONS.map((version): LineageNode => ({ kind: 'version', ...version })),
    ...DEPLOYMENTS.map((deployment): LineageNode => ({ kind: 'deployment', deployment })),
  ];
}

function sorted<Value extends object>(values: readonly Value[]): readonly Value[] {
  return values.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

/** An edge by its ends, everything else by what it is. */
function textOf(value: object): string {
  if ('from' in value && 'to' in value && 'role' in value) {
    const { from, to, role } = value as { from: LineageNode; to: LineageNode; role: unknown };
    return JSON.stringify([lineageKey(from), lineageKey(to), role]);
  }
  if ('id' in value) return JSON.stringify(value.id);
  if ('metric' in value && 'number' in value) return String(value.number).padStart(9, '0');
  return JSON.stringify(value, ['model', 'number']);
}
