import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { runTable } from '../run-table.ts';

/** `cairn training`: which models are training now. */
export function trainingVerb(): Command {
  const verb = new Command('training').description('what trains now').option('--json', 'as JSON');
  return withWorkspace(verb).action(listTraining);
}

async function listTraining(options: ServerOption & { json?: true }): Promise<void> {
  const { client } = connect(options);
  const { training } = await client.home({});
  if (options.json) {
    console.log(JSON.stringify(training, null, 2));
    return;
  }
  if (training.length === 0) {
    console.log('Nothing is training.');
    return;
  }
  const { projects } = await client.listProjects({});
  console.log(runTable(training, projects));
}
