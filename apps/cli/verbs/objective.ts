import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatTime } from '../describe-run.ts';
import { findProject } from '../find-project.ts';
import { table } from '../table.ts';

/** `cairn objective PROJECT`: which metric is optimised, since when, and which it was before. */
export function objectiveVerb(): Command {
  const verb = new Command('objective')
    .description('which metric a project optimises')
    .argument('<project>', 'by name or id')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(showObjective);
}

async function showObjective(wanted: string, options: ServerOption & { json?: true }): Promise<void> {
  const { client } = connect(options);
  const { id: project, name } = await findProject(client, wanted);
  const answer = await client.getObjective({ params: { project } });
  if (options.json) {
    console.log(JSON.stringify(answer, null, 2));
    return;
  }
  const { objective, history } = answer;
  if (!objective) console.log(`${name} has no objective: none is declared, and no run has a metric yet.`);
  else {
    const { direction, metric, aggregate, origin } = objective;
    console.log(`${name}: ${direction} ${metric} (${aggregate} of each run), ${origin}`);
  }
  if (history.length === 0) return;
  console.log(
    table(history.toReversed(), [
      { head: 'DECLARED', cell: ({ at }) => formatTime(at) },
      {
        head: 'OBJECTIVE',
        cell: (one) => (one.objective ? `${one.objective.direction} ${one.objective.metric}` : 'withdrawn'),
      },
      { head: 'BY', cell: ({ by }) => by.name },
    ]),
  );
}
