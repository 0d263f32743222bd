import type { Dataset } from '#core/domain/dataset.ts';
import { DEFAULT_WORKSPACE, type ModelId, type ProjectId, type RunId } from '#core/domain/ids.ts';
import type { LoggedPoints, SeriesOwner } from '#core/domain/point.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { produceArtifact } from '#core/tracking/artifacts/produce-artifact.ts';
import { putFile } from '#core/tracking/files/put-file.ts';
import { createModel } from '#core/tracking/models/create-model.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { createRegisteredModel } from '#core/tracking/registry/create-registered-model.ts';
import { promoteVersion } from '#core/tracking/promotions/promote-version.ts';
import { registerVersion } from '#core/tracking/registry/register-version.ts';
import { createProject } from '#core/tracking/projects/create-project.ts';
import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { startRun } from '#core/tracking/runs/start-run.ts';
import { markedRegistry, type MarkedRegistry } from './marked-registry.ts';

/** A project in which everything that somebody wrote holds one unmistakable word: where it shows, the project shows. */
export interface MarkedProject {
  readonly marker: string;
  readonly project: ProjectId;
  readonly name: string;
  readonly run: RunId;
  readonly number: number;
  readonly model: ModelId;
  /** The name of the metric, the param, the tag and the file. */
  readonly key: string;
  /** A registered model at home here. Its version 1 is the logged model, and has an alias of the key's name. */
  readonly registered: string;
  /** Another one, with everything that a registry keeps. */
  readonly registry: MarkedRegistry;
  /** The name of the dataset. */
  readonly dataset: string;
  /** The name of a table that the run made of its file. */
  readonly table: string;
}

let made = 0;

export async function markedProject(ports: Ports, marker: string): Promise<MarkedProject> {
  made += 1;
  const key = `key-${marker}`;
  const value = `value-${marker}`;
  const name = `name-${marker}-${made}`;
  const tags = [{ key, value }];
  const { id: project } = await createProject(ports, LOCAL_OWNER, {
    workspace: DEFAULT_WORKSPACE,
    name,
    tags,
  });
  const run = await startRun(ports, LOCAL_OWNER, { project, wire: 'native', name: value, userId: value });
  const edge = { dataset: datasetOf(marker), tags: new Map([['mlflow.data.context', value]]) };
  await logBatch(ports, LOCAL_OWNER, {
    run: run.id,
    params: [{ key, value: { type: 'string', text: value } }],
    tags: [...tags, { key: 'mlflow.note.content', value }],
    points: [twoPoints({ kind: 'run', run: run.id }, key)],
    datasets: [edge],
  });
  const model = await createModel(ports, LOCAL_OWNER, {
    project,
    name: value,
    sourceRun: run.id,
    params: tags,
    tags,
  });
  for (const owner of [
    { kind: 'run', run: run.id },
    { kind: 'model', model: model.id },
  ] as const) {
    await putFile(ports, LOCAL_OWNER, { owner, path: key, bytes: text(value) });
  }
  const table = `table-of-${name}`;
  await produceArtifact(ports, LOCAL_OWNER, { run: run.id, type: 'table', name: table, role: value });
  const registered = await markedRegistered(ports, { marker, name, key, loggedModel: model.id });
  const registry = await markedRegistry(ports, { name: `model-of-${name}`, run: run.id, word: value });
  return {
    marker,
    project,
    name,
    run: run.id,
    number: run.number,
    model: model.id,
    key,
    registered,
    registry,
    dataset: datasetOf(marker).name,
    table,
  };
}

async function markedRegistered(
  ports: Ports,
  mark: {
    readonly marker: string;
    readonly name: string;
    readonly key: string;
    readonly loggedModel: ModelId;
  },
): Promise<string> {
  const { key, loggedModel, marker, name } = mark;
  const value = `value-${marker}`;
  const about = { workspace: DEFAULT_WORKSPACE, description: value, tags: [{ key, value }] };
  const model = await createRegisteredModel(ports, LOCAL_OWNER, { ...about, name: `registered-${name}` });
  const source = `models:/${loggedModel}`;
  await registerVersion(ports, LOCAL_OWNER, { ...about, id: model.id, source, loggedModel });
  await promoteVersion(ports, LOCAL_OWNER, {
    workspace: DEFAULT_WORKSPACE,
    model: model.name,
    version: '1',
    target: { kind: 'alias', name: key },
  });
  return model.name;
}

/** The dataset that the run used: the digest is what a search by dataset needs. */
export function datasetOf(marker: string): Dataset {
  return { name: `value-${marker}`, digest: marker, sourceType: 'local', source: `value-${marker}` };
}

function twoPoints(owner: SeriesOwner, metric: string): LoggedPoints {
  return {
    owner,
    metrics: [metric],
    metricAt: Uint32Array.of(0, 0),
    steps: Float64Array.of(1, 2),
    times: Float64Array.of(1e6, 2e6),
    values: Float64Array.of(0.5, 0.25),
  };
}

async function* text(content: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(content);
}
