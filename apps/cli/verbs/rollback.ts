import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';

interface RollbackOptions extends ServerOption {
  readonly stage?: true;
  readonly reason: string;
  readonly json?: true;
}

/** `cairn rollback MODEL`: gives an alias or a stage back to the version that held it before. */
export function rollbackVerb(): Command {
  const verb = new Command('rollback')
    .description('give an alias or a stage back to the version before')
    .argument('<model>', 'name of a registered model')
    .argument('[target]', 'the alias, or the stage', 'production')
    .option('--stage', 'the target is a stage')
    .option('--reason <text>', 'why; it is kept', '')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(rollBack);
}

async function rollBack(model: string, name: string, options: RollbackOptions): Promise<void> {
  const { client } = connect(options);
  const kind = options.stage ? 'stage' : 'alias';
  const answer = await client.rollBack({
    params: { model },
    body: { target: { kind, name }, reason: options.reason },
  });
  console.log(
    options.json
      ? JSON.stringify(answer, null, 2)
      : `${model} v${answer.to} is ${name} again, v${answer.from} no longer.`,
  );
}
