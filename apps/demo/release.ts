import type { connect } from '#sdks/typescript/connect.ts';
import { digestOf } from './describe-data.ts';
import type { Split } from './digits.ts';
import type { Outcome } from './train-and-log.ts';

export type Api = Awaited<ReturnType<typeof connect>>;

export const MODEL = 'digits';
export const METRIC = 'val/acc';
const PRODUCTION = { kind: 'alias', name: 'production' } as const;

/**
 * Registers the best model without and the best with a hidden layer, and promotes first one, then the other, through the gate that
 * the first one declares: at least as good as what is in production on the same held-out digits, callable in the same way, with its report.
 */
export async function release(api: Api, split: Split, outcomes: readonly Outcome[]): Promise<string[]> {
  await declareGate(api);
  const said: string[] = [];
  for (const isDeep of [false, true]) {
    const best = bestOf(outcomes.filter(({ wanted }) => wanted.hidden > 0 === isDeep));
    if (!best) continue;
    const { run, wanted, evaluation } = best;
    const { number } = await api.registerVersion({
      params: { model: MODEL },
      body: { run: run.id, path: 'model', description: wanted.name },
    });
    const dataset = { name: 'digits held out', digest: digestOf(split.held) };
    const evaluations = [
      { metric: METRIC, value: evaluation.accuracy, dataset, samples: split.held.count, run: run.id },
      { metric: 'val/loss', value: evaluation.loss, dataset, samples: split.held.count, run: run.id },
    ];
    await api.recordEvaluations({ params: { model: MODEL, version: String(number) }, body: { evaluations } });
    said.push(await promote(api, number, evaluation.accuracy));
  }
  return said;
}

async function declareGate(api: Api): Promise<void> {
  const { models } = await api.listRegisteredModels({ query: { q: MODEL } });
  if (models.some(({ name }) => name === MODEL)) return;
  await api.createRegisteredModel({
    body: { name: MODEL, description: 'Reads a handwritten digit from 8 × 8 grey values.', owner: 'demo' },
  });
  await api.declareGates({
    params: { model: MODEL },
    body: {
      gates: [
        {
          target: PRODUCTION,
          checks: [
            { kind: 'metric', metric: METRIC, direction: 'max' },
            { kind: 'signature' },
            { kind: 'file', path: 'report.txt' },
          ],
        },
      ],
      reason: 'Nothing gets worse unseen.',
    },
  });
}

async function promote(api: Api, number: number, accuracy: number): Promise<string> {
  const named = `${MODEL} v${number} (${METRIC} ${accuracy.toFixed(4)})`;
  try {
    const body = {
      version: String(number),
      target: PRODUCTION,
      reason: 'best of its kind on the held-out digits',
    };
    await api.promoteVersion({ params: { model: MODEL }, body });
    return `${named} is in production.`;
  } catch (error) {
    return `${named} is not: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function bestOf(outcomes: readonly Outcome[]): Outcome | undefined {
  return outcomes.toSorted((a, b) => b.evaluation.accuracy - a.evaluation.accuracy)[0];
}
