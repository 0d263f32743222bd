import { Command, InvalidArgumentError } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { Complaint } from '../explain.ts';
import { parseModelRef } from '../model-ref.ts';

interface EvaluateOptions extends ServerOption {
  readonly environment: string;
  readonly dataset?: { readonly name: string; readonly digest?: string };
  readonly samples?: number;
}

/** `cairn evaluate MODEL@VERSION metric=value …`: records how a version did. */
export function evaluateVerb(): Command {
  const verb = new Command('evaluate')
    .description('record how a version did, in development or in production')
    .argument('<version>', 'such as churn@15 or churn@production')
    .argument('<metrics...>', 'such as val/auc=0.9124')
    .option('--environment <word>', 'where: development, production, eu-prod …', 'development')
    .option('--dataset <name@digest>', 'what it was measured on', parseDataset)
    .option('--samples <n>', 'how many samples it is the mean of', parseCount);
  return withWorkspace(verb).action(evaluate);
}

async function evaluate(wanted: string, metrics: readonly string[], options: EvaluateOptions): Promise<void> {
  const { client } = connect(options);
  const { model, version } = parseModelRef(wanted);
  const { environment, dataset, samples } = options;
  const evaluations = metrics.map((text) => ({
    ...parseMetric(text),
    environment,
    ...(dataset && { dataset }),
    ...(samples !== undefined && { samples }),
  }));
  await client.recordEvaluations({ params: { model, version }, body: { evaluations } });
  console.log(`Recorded ${metrics.length === 1 ? 'one figure' : `${metrics.length} figures`} of ${wanted}.`);
}

function parseMetric(text: string): { readonly metric: string; readonly value: number } {
  const at = text.lastIndexOf('=');
  const value = at === -1 ? '' : text.slice(at + 1).trim();
  if (at < 1 || value === '' || !Number.isFinite(Number(value))) {
    throw new Complaint(`'${text}' is no figure; one reads val/auc=0.9124.`);
  }
  return { metric: text.slice(0, at), value: Number(value) };
}

function parseDataset(text: string): { readonly name: string; readonly digest?: string } {
  const at = text.lastIndexOf('@');
  return at < 1 ? { name: text } : { name: text.slice(0, at), digest: text.slice(at + 1) };
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('It is a whole number above 0.');
  return count;
}
