import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { parseModelRef } from '../model-ref.ts';
import { checkLines } from '../model-text.ts';

interface PromoteOptions extends ServerOption {
  readonly stage?: true;
  readonly archiveOthers?: true;
  readonly reason: string;
  readonly json?: true;
}

/** `cairn promote MODEL@VERSION ALIAS`: gives an alias or a stage to a version, if its gate lets it. */
export function promoteVerb(): Command {
  const verb = new Command('promote')
    .description('give an alias or a stage to a version, if its gate lets it')
    .argument('<version>', 'such as churn@15 or churn@latest')
    .argument('[target]', 'the alias, or the stage', 'production')
    .option('--stage', 'the target is a stage')
    .option('--archive-others', 'with --stage: move all other versions of it to archived')
    .option('--reason <text>', 'why; it is kept', '')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(promote);
}

async function promote(wanted: string, name: string, options: PromoteOptions): Promise<void> {
  const { client } = connect(options);
  const { model, version } = parseModelRef(wanted);
  const answer = await client.promoteVersion({
    params: { model },
    body: {
      version,
      target: { kind: options.stage ? 'stage' : 'alias', name },
      reason: options.reason,
      archiveOthers: options.archiveOthers ?? false,
    },
  });
  if (options.json) {
    console.log(JSON.stringify(answer, null, 2));
    return;
  }
  for (const line of checkLines(answer.checks)) console.log(line);
  if (answer.outcome === 'unchanged') console.log(`${wanted} is ${name} already.`);
  else if (answer.outcome === 'done') console.log(`${wanted} is ${name} now.`);
  else console.log(`Asked for: it waits for approval ('cairn approve ${wanted} ${name}').`);
}
