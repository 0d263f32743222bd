import { DEFAULT_WORKSPACE, type ProjectId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import { LOCAL_OWNER, type Principal, type Role } from '../../access/principal.ts';
import { putFile } from '../../files/put-file.ts';
import type { Ports } from '../../ports/ports.ts';
import { declareObjective } from '../../projects/change-project.ts';
import { createProject } from '../../projects/create-project.ts';
import { createRegisteredModel } from '../../registry/create-registered-model.ts';
import { startDeployment } from '../../evaluations/deployments.ts';
import { promoteVersion } from '../../promotions/promote-version.ts';
import { recordEvaluations } from '../../evaluations/record-evaluations.ts';
import { registerVersion } from '../../registry/register-version.ts';
import { logBatch } from '../../runs/log-batch.ts';
import { startRun } from '../../runs/start-run.ts';
import { updateRun } from '../../runs/update-run.ts';

export const workspace = DEFAULT_WORKSPACE;
export const MINUTE = 60_000;
/** When the tale begins, ms UTC. */
export const BEGIN = 1_700_000_000_000;

export interface ChurnWorld {
  readonly project: ProjectId;
  /** Trained version 1 and version 2. */
  readonly runs: readonly [Run, Run];
}

export interface TrainedRun {
  readonly project: ProjectId;
  readonly params: Readonly<Record<string, string>>;
  readonly auc: number;
  /** The digest of the version of `sales` that trained it. */
  readonly sales?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly wire?: string;
}

const SCHEMA = JSON.stringify({
  mlflow_colspec: [
    { type: 'double', name: 'amount', required: true },
    { type: 'string', name: 'channel', required: false },
  ],
});

export async function trainRun(ports: Ports, of: TrainedRun): Promise<Run> {
  const { auc, params, project, sales, tags = {}, wire = 'mlflow' } = of;
  const { id } = await startRun(ports, LOCAL_OWNER, { project, wire, userId: 'ana' });
  const dataset = { name: 'sales', digest: sales ?? '', sourceType: 'local', source: 'sales.csv' };
  await logBatch(ports, LOCAL_OWNER, {
    run: id,
    params: Object.entries(params).map(([key, value]) => ({ key, value: { text: value, type: 'string' } })),
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    points: [
      {
        owner: { kind: 'run', run: id },
        metrics: ['val/auc'],
        metricAt: Uint32Array.of(0, 0),
        steps: Float64Array.of(1, 2),
        times: Float64Array.of(BEGIN * 1000, BEGIN * 1000 + 1),
        values: Float64Array.of(auc - 0.1, auc),
      },
    ],
    datasets:
      sales === undefined
        ? []
        : [
            {
              dataset: { ...dataset, schema: SCHEMA, profile: '{"num_rows":1200}' },
              tags: new Map([['mlflow.data.context', 'training']]),
            },
          ],
  });
  return updateRun(ports, LOCAL_OWNER, { run: id, status: 'finished' });
}

export async function putText(ports: Ports, run: Run, path: string, text: string): Promise<void> {
  const bytes = ReadableStream.from([new TextEncoder().encode(text)]);
  await putFile(ports, LOCAL_OWNER, { owner: { kind: 'run', run: run.id }, path, bytes });
}

const MLMODEL = `flavors:
  python_function: {loader_module: mlflow.sklearn}
  sklearn: {pickled_model: model.pkl}
saved_input_example_info: {artifact_path: input_example.json, type: dataframe}
signature:
  inputs: '[{"type": "double", "name": "amount", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: null
`;

/**
 * A project that optimises val/auc; two runs on two versions of `sales`; the model `churn` with a version of each, of which version 2 took the
 * alias `champion` over and does worse in production, where it runs as `eu-prod`.
 */
export async function churnWorld(ports: Ports, clock: { now: number }): Promise<ChurnWorld> {
  const { id: project } = await createProject(ports, LOCAL_OWNER, { workspace, name: 'churn' });
  const objective = { metric: 'val/auc', direction: 'max', aggregate: 'max' } as const;
  await declareObjective(ports, LOCAL_OWNER, { project, objective });
  const commit = { 'mlflow.source.git.commit': 'c0ffee0000000000000000000000000000000001' };
  const first = await trainRun(ports, {
    project,
    params: { max_depth: '5', lr: '0.05' },
    auc: 0.915,
    sales: 'd30',
    tags: commit,
  });
  const second = await trainRun(ports, {
    project,
    params: { max_depth: '7', lr: '0.05', booster: 'dart' },
    auc: 0.912,
    sales: 'd31',
  });
  await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name: 'churn' });
  for (const [at, run] of [first, second].entries()) {
    clock.now += MINUTE;
    await putText(ports, run, 'model/MLmodel', MLMODEL);
    await putText(ports, run, 'model/requirements.txt', 'scikit-learn==1.5.0\n');
    await putText(ports, run, 'model/model.pkl', `weights ${at}`);
    const source = `runs:/${run.id}/model`;
    await registerVersion(ports, LOCAL_OWNER, { workspace, name: 'churn', source, run: run.id });
    await promoteVersion(ports, LOCAL_OWNER, {
      workspace,
      model: 'churn',
      version: String(at + 1),
      target: { kind: 'alias', name: 'champion' },
      reason: `because ${at + 1}`,
    });
  }
  const metric = 'val/auc';
  const holdout = { name: 'holdout', digest: 'h1' };
  await recordEvaluations(ports, LOCAL_OWNER, {
    workspace,
    name: 'churn',
    version: { number: 2 },
    evaluations: [
      { metric, value: 0.911, dataset: holdout },
      { metric, value: 0.9, environment: 'production', at: clock.now + MINUTE },
      { metric, value: 0.85, environment: 'eu-prod', at: clock.now + 2 * MINUTE, samples: 500 },
    ],
  });
  clock.now += 3 * MINUTE;
  await startDeployment(ports, LOCAL_OWNER, {
    workspace,
    name: 'churn',
    version: { number: 2 },
    environment: 'eu-prod',
  });
  return { project, runs: [first, second] };
}

/** Somebody with a role in one project. */
export function personIn(project: ProjectId, role: Role = 'viewer'): Principal {
  return { kind: 'user', id: 'ben', grants: [{ scope: 'project', project, role }] };
}
