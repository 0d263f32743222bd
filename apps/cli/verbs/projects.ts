import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatDuration } from '../describe-run.ts';
import { table } from '../table.ts';

/** `cairn projects`: last active first. */
export function projectsVerb(): Command {
  const verb = new Command('projects').description('list projects').option('--json', 'as JSON');
  return withWorkspace(verb).action(listProjects);
}

async function listProjects(options: ServerOption & { json?: true }): Promise<void> {
  const { projects } = await connect(options).client.listProjects({});
  if (options.json) {
    console.log(JSON.stringify(projects, null, 2));
    return;
  }
  const now = Date.now();
  const text = table(projects, [
    { head: 'ID', cell: ({ id }) => id, align: 'right' },
    { head: 'PROJECT', cell: ({ name }) => name, shrinkTo: 16 },
    { head: 'RUNS', cell: ({ runs }) => String(runs), align: 'right' },
    {
      head: 'TRAINING',
      cell: ({ activeRuns }) => (activeRuns > 0 ? String(activeRuns) : ''),
      align: 'right',
    },
    {
      head: 'OBJECTIVE',
      cell: ({ objective }) =>
        objective
          ? `${objective.direction} ${objective.metric}${objective.origin === 'inferred' ? ' (inferred)' : ''}`
          : '',
      shrinkTo: 12,
    },
    {
      head: 'LAST ACTIVE',
      cell: ({ lastActivityAt }) => (lastActivityAt ? `${formatDuration(now - lastActivityAt)} ago` : ''),
      align: 'right',
    },
  ]);
  console.log(text);
}
