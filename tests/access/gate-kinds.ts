import { randomUUID } from 'node:crypto';
import type { Client } from '#core/contract/client.ts';

// Every kind of gate as data: what it asks for, what it says while that is missing, and how it is supplied.

export const MEASURED = { name: 'holdout', digest: 'd1' } as const;

/** A candidate that fails, of a model whose version 1 holds the target. */
export interface Candidate {
  readonly client: Client;
  readonly model: string;
  readonly version: number;
}

type Body = Parameters<Client['declareGates']>[0]['body']['gates'][number];

export interface GateKind {
  readonly name: string;
  readonly gate: Omit<Body, 'target'>;
  /** What a refusal says: the check and its figures. */
  readonly says: RegExp;
  /** Supplies what is missing, as an admin. @returns the version that passes: another one where a sealed one cannot be mended. */
  readonly supply: (candidate: Candidate) => Promise<number>;
}

/** How old the data of `trainedVersion` may be; whatever was trained on it before is older by the time it is asked. */
export const DATA_AGE_MS = 20_000;

export const GATE_KINDS: readonly GateKind[] = [
  {
    name: 'metric',
    gate: { checks: [{ kind: 'metric', metric: 'auc', direction: 'max' }] },
    says: /auc 0\.905 on holdout \(d1\), v1 has 0\.91/,
    supply: async (candidate) => {
      await measure(candidate, 'auc', 0.92);
      return candidate.version;
    },
  },
  {
    name: 'signature',
    gate: { checks: [{ kind: 'signature' }] },
    says: /input x is string, was double/,
    supply: ({ client, model }) => trainedVersion(client, model, { input: 'double' }),
  },
  {
    name: 'tags',
    gate: { checks: [{ kind: 'tags', tags: [{ key: 'licence', value: 'ok' }] }] },
    says: /missing licence=ok/,
    supply: async ({ client, model, version }) => {
      const setTags = [{ key: 'licence', value: 'ok' }];
      await client.updateModelVersion({ params: { model, version: String(version) }, body: { setTags } });
      return version;
    },
  },
  {
    name: 'evaluation',
    gate: { checks: [{ kind: 'evaluation', metric: 'bias', environment: 'staging' }] },
    says: /no evaluation of bias in staging/,
    supply: async (candidate) => {
      await measure(candidate, 'bias', 0.01, 'staging');
      return candidate.version;
    },
  },
  {
    name: 'file',
    gate: { checks: [{ kind: 'file', path: 'reports/*.html' }] },
    says: /no file reports\/\*\.html/,
    supply: ({ client, model }) =>
      trainedVersion(client, model, { files: { 'reports/bias.html': '<p>fair</p>' } }),
  },
  {
    name: 'approval',
    gate: { checks: [], approval: { role: 'admin', count: 1 } },
    says: /approv/i,
    supply: async ({ client, model, version }) => {
      const { promotions } = await client.getRegisteredModel({ params: { model } });
      const open = promotions.find((one) => one.version === version && one.status === 'open');
      await client.decidePromotion({
        params: { promotion: open?.id ?? '' },
        body: { decision: 'approved', reason: 'looks good' },
      });
      return version;
    },
  },
  {
    name: 'data-age',
    gate: { checks: [{ kind: 'data-age', days: DATA_AGE_MS / 86_400_000 }] },
    says: /sales@v1 is \S+ days old, at most \S+ allowed/,
    supply: ({ client, model }) => trainedVersion(client, model, { digest: randomUUID() }),
  },
];

/** A model of two versions, the first of which has what the gate guards from then on; the second is the candidate, and fails. */
export async function guardedModel(
  client: Client,
  { name, kind, target }: { readonly name: string; readonly kind: GateKind; readonly target: Body['target'] },
): Promise<Candidate> {
  const params = { model: name };
  await client.createRegisteredModel({ body: { name } });
  const first = await trainedVersion(client, name);
  const candidate = { client, model: name, version: await trainedVersion(client, name, { input: 'string' }) };
  await measure({ ...candidate, version: first }, 'auc', 0.91);
  await measure(candidate, 'auc', 0.905);
  await client.promoteVersion({ params, body: { version: String(first), target, reason: '' } });
  await client.declareGates({
    params,
    body: { gates: [{ target, ...kind.gate }], reason: 'after the review' },
  });
  return candidate;
}

/** Measures a version on the data that all of them are compared on. */
async function measure(
  { client, model, version }: Candidate,
  metric: string,
  value: number,
  environment = 'development',
): Promise<void> {
  await client.recordEvaluations({
    params: { model, version: String(version) },
    body: { evaluations: [{ metric, value, environment, dataset: MEASURED }] },
  });
}

export interface Trained {
  /** The type of the only input, `x`; of a signature as MLflow writes it. */
  readonly input?: string;
  /** Of the dataset `sales`. */
  readonly digest?: string;
  /** Beside `MLmodel`. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The next version of a model, made by a run of its own. @returns its number. */
export async function trainedVersion(
  client: Client,
  model: string,
  { input = 'double', digest = 'old', files = {} }: Trained = {},
): Promise<number> {
  const { id: run } = await client.createRun({ body: { project: '0' } });
  const datasets = [{ name: 'sales', digest, sourceType: 'local', source: 'sales.csv', context: 'training' }];
  await client.logToRun({ params: { run }, body: { datasets } });
  const MLmodel = `flavors: {}\nsignature:\n  inputs: '[{"type": "${input}", "name": "x", "required": true}]'\n  outputs: '[{"type": "double", "name": "p"}]'\n`;
  for (const [path, text] of Object.entries({ MLmodel, ...files })) {
    const body = new TextEncoder().encode(text);
    // oxlint-disable-next-line no-await-in-loop -- one tree, one writer
    await client.putRunFile({ params: { run }, query: { path: `model/${path}` }, body });
  }
  const { number } = await client.registerVersion({ params: { model }, body: { run, path: 'model' } });
  return number;
}
