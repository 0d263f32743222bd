import type { Client } from '#core/contract/client.ts';
import { putText, START } from './logging.ts';

// A model `churn` as a team would have it: two versions with all that they came from, the first in production.

const HOUR = 3_600_000;
const DATA_1 = 'd1'.repeat(16);
const DATA_2 = 'd2'.repeat(16);
const HOLDOUT = { name: 'holdout', digest: 'a0'.repeat(16) };

const SIGNATURE = {
  inputs:
    '[{"type": "double", "name": "amount", "required": true}, {"type": "string", "name": "channel", "required": true}]',
  outputs: '[{"type": "double", "name": "p_leave", "required": true}]',
};

interface Trained {
  readonly depth: number;
  readonly auc: number;
  readonly digest: string;
  readonly commit: string;
  readonly xgboost: string;
}

export const FIRST: Trained = {
  depth: 6,
  auc: 0.9103,
  digest: DATA_1,
  commit: '77ae310bbcdb90a2f1e07c0d6b7a0f5f6a4c1d22',
  xgboost: '3.0.5',
};
export const SECOND: Trained = {
  depth: 5,
  auc: 0.9124,
  digest: DATA_2,
  commit: 'b81d04e08140c54cf0d1c3a5a7a1e6f7d9b5e311',
  xgboost: '3.1.2',
};

/** Two versions, the first deployed, with @production, which a gate guards from then on. @returns the project's id. */
export async function registerChurn(client: Client, model = 'churn'): Promise<string> {
  const project = await client.createProject({ body: { name: `${model} training` } });
  await client.updateProject({
    params: { project: project.id },
    body: { objective: { metric: 'val/auc', direction: 'max', aggregate: 'max' } },
  });
  await train(client, project.id, model, FIRST);
  await evaluate(client, model, 1, FIRST.auc);
  await client.promoteVersion({
    params: { model },
    body: {
      version: '1',
      target: { kind: 'alias', name: 'production' },
      reason: 'the first',
      expectedHolder: null,
    },
  });
  const now = Date.now();
  await client.startDeployment({
    params: { model },
    body: { version: '1', environment: 'eu-prod', startedAt: now - 30 * HOUR },
  });
  await client.recordEvaluations({
    params: { model, version: '1' },
    body: {
      evaluations: Array.from({ length: 25 }, (_, i) => ({
        metric: 'val/auc',
        value: 0.905 - i * 0.0003,
        environment: 'eu-prod',
        at: now - (25 - i) * HOUR,
      })),
      isRoutine: true,
    },
  });
  await train(client, project.id, model, SECOND);
  await evaluate(client, model, 2, SECOND.auc);
  await client.declareGates({
    params: { model },
    body: {
      gates: [
        {
          target: { kind: 'alias', name: 'production' },
          checks: [
            { kind: 'metric', metric: 'val/auc', direction: 'max', dataset: 'holdout' },
            { kind: 'signature' },
            { kind: 'tags', tags: [{ key: 'bias-report' }] },
          ],
          approval: { role: 'admin', count: 1 },
        },
      ],
      reason: 'after the review',
    },
  });
  return project.id;
}

async function train(client: Client, project: string, model: string, trained: Trained): Promise<void> {
  const { auc, commit, depth, digest, xgboost } = trained;
  const run = await client.createRun({
    body: {
      project,
      name: `xgb-d${depth}`,
      startedAt: START,
      userId: 'li',
      params: [
        { key: 'max_depth', value: depth },
        { key: 'learning_rate', value: 0.05 },
      ],
      tags: [
        { key: 'mlflow.source.git.commit', value: commit },
        { key: 'mlflow.source.git.branch', value: 'main' },
        { key: 'mlflow.source.name', value: 'train.py' },
      ],
    },
  });
  await client.logToRun({
    params: { run: run.id },
    body: {
      points: [{ metric: 'val/auc', steps: [1, 2, 3], values: [0.7, auc, auc - 0.01] }],
      datasets: [
        {
          name: 'sales',
          digest,
          sourceType: 's3',
          source: `s3://lake/sales/${digest.slice(0, 2)}`,
          context: 'training',
        },
      ],
    },
  });
  const files = {
    'model/MLmodel': mlmodel(xgboost),
    'model/requirements.txt': `mlflow==3.4.0\nnumpy==2.3.1\nxgboost==${xgboost}\n`,
    'model/input_example.json': '{"columns": ["amount", "channel"], "data": [[42.5, "web"]]}',
    'model/model.ubj': `weights of depth ${depth}`,
  };
  for (const [path, text] of Object.entries(files)) {
    // oxlint-disable-next-line no-await-in-loop -- one tree, one writer
    await putText(client, run.id, path, text);
  }
  await client.updateRun({ params: { run: run.id }, body: { status: 'finished', endedAt: START + HOUR } });
  await client.registerVersion({ params: { model }, body: { run: run.id, path: 'model' } });
}

async function evaluate(client: Client, model: string, version: number, value: number): Promise<void> {
  await client.recordEvaluations({
    params: { model, version: String(version) },
    body: { evaluations: [{ metric: 'val/auc', value, dataset: HOLDOUT, samples: 318_220 }] },
  });
}

function mlmodel(xgboost: string): string {
  return `artifact_path: model
flavors:
  python_function:
    loader_module: mlflow.xgboost
    python_version: 3.13.1
  xgboost:
    data: model.ubj
    xgb_version: ${xgboost}
mlflow_version: 3.4.0
saved_input_example_info:
  artifact_path: input_example.json
  type: dataframe
signature:
  inputs: '${SIGNATURE.inputs}'
  outputs: '${SIGNATURE.outputs}'
`;
}
