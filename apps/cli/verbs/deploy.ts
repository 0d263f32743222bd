import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { Complaint } from '../explain.ts';
import { parseModelRef } from '../model-ref.ts';

interface DeployOptions extends ServerOption {
  readonly url?: string;
  readonly beside?: true;
  readonly end?: true;
  readonly reason: string;
}

/** `cairn deploy MODEL@VERSION ENVIRONMENT`: says where a version runs from now on, or no longer. */
export function deployVerb(): Command {
  const verb = new Command('deploy')
    .description('say where a version runs from now on')
    .argument('<version>', 'such as churn@15 or churn@production')
    .argument('<environment>', 'such as eu-prod')
    .option('--url <url>', 'where it answers')
    .option('--beside', 'what the model runs there already goes on')
    .option('--end', 'it runs there no longer')
    .option('--reason <text>', 'why; it is kept', '');
  return withWorkspace(verb).action(deploy);
}

async function deploy(wanted: string, environment: string, options: DeployOptions): Promise<void> {
  const { client } = connect(options);
  const { model, version } = parseModelRef(wanted);
  const { url, reason } = options;
  if (!options.end) {
    const body = { version, environment, reason, isBeside: options.beside ?? false, ...(url && { url }) };
    const started = await client.startDeployment({ params: { model }, body });
    console.log(`${model} v${started.version} runs in ${environment}.`);
    return;
  }
  const { number, deployments } = await client.getModelVersion({ params: { model, version } });
  const running = deployments.find((one) => one.environment === environment && one.endedAt === undefined);
  if (!running) throw new Complaint(`${model} v${number} does not run in ${environment}.`);
  await client.endDeployment({ params: { deployment: running.id }, body: { reason } });
  console.log(`${model} v${number} runs in ${environment} no longer.`);
}
