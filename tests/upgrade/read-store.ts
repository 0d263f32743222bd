import { createHash } from 'node:crypto';
import { DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { PointColumns, SeriesOwner } from '#core/domain/point.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { readRegistry } from '#storage/conformance/read-registry.ts';
import { FILLED_DATASET, FILLED_METRICS, FILLED_MODELS, FILLED_RUNS } from './fill-store.ts';

/**
 * Everything that `fillStore` put into a store, as JSON that is equal exactly when every bit of it is: maps are pairs,
 * columns of points their SHA-256, numbers that JSON cannot hold are texts.
 */
export async function readStore({ catalog, registry, series, blobs }: Store): Promise<unknown> {
  const projects = await catalog.projects(DEFAULT_WORKSPACE, 'all');
  const ids = projects.map((project) => project.id);
  const runs = (await catalog.runs(ids, 'all')).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const owners: SeriesOwner[] = [
    ...FILLED_RUNS.map((run) => ({ kind: 'run', run }) as const),
    ...FILLED_MODELS.flatMap((model) =>
      FILLED_RUNS.map((run) => ({ kind: 'model', model, run, dataset: FILLED_DATASET }) as const),
    ),
  ];
  const points: Record<string, unknown> = {};
  for (const owner of owners) {
    for (const metric of FILLED_METRICS) {
      const columns = await series.read({ owner, metric });
      if (columns.steps.length > 0) points[JSON.stringify([owner, metric])] = fingerprint(columns);
    }
  }
  const trees: TreeOwner[] = [
    ...FILLED_RUNS.map((run) => ({ kind: 'run', run }) as const),
    ...FILLED_MODELS.map((model) => ({ kind: 'model', model }) as const),
    { kind: 'loose' },
  ];
  const files: unknown[] = [];
  for (const owner of trees) {
    for (const file of await catalog.files(owner, '')) {
      let bytes = 0;
      // Reading verifies the digest.
      for await (const part of await blobs.get(file.digest)) bytes += part.length;
      files.push({ owner, ...file, bytes });
    }
  }
  const models = await Promise.all(FILLED_MODELS.map((id) => catalog.model(id)));
  const manifests = await Promise.all(
    models.map(async (model) => model?.manifest && catalog.manifest(model.manifest)),
  );
  const registered = await readRegistry(registry, {
    workspaces: [DEFAULT_WORKSPACE],
    runs: FILLED_RUNS,
    models: FILLED_MODELS,
  });
  const all = { projects, runs, models, manifests, files, points, registered };
  return JSON.parse(JSON.stringify(all, plain)) as unknown;
}

function fingerprint({ steps, times, values }: PointColumns): unknown {
  const hash = createHash('sha256');
  for (const column of [steps, times, values])
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return { count: steps.length, sha256: hash.digest('hex') };
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  if (typeof value !== 'number') return value;
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : `number ${Object.is(value, -0) ? '-0' : value}`;
}
