import { Command, InvalidArgumentError } from 'commander';
import { ApiError } from '#core/contract/client.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { pointAt } from '../explain.ts';
import { findProject } from '../find-project.ts';
import { runTable } from '../run-table.ts';

interface RunsOptions extends ServerOption {
  readonly project?: string;
  readonly filter?: string;
  readonly sort: string[];
  readonly limit: number;
  readonly json?: true;
}

/** `cairn runs`: a table for people, the runs as the native API has them for programs. */
export function runsVerb(): Command {
  const verb = new Command('runs')
    .description('list runs')
    .option('--project <name>', 'only of this project, by name or id')
    .option('--filter <text>', `such as "metrics.loss < 0.2 AND params.model = 'cnn'"`)
    .option(
      '--sort <key>',
      'such as "metrics.loss ASC"; may be repeated',
      (key, keys: string[]) => [...keys, key],
      [],
    )
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(listRuns);
}

async function listRuns(options: RunsOptions): Promise<void> {
  const { client } = connect(options);
  const { project, filter = '', sort: order, limit } = options;
  const projects =
    project === undefined ? (await client.listProjects({})).projects : [await findProject(client, project)];
  const ids = projects.map(({ id }) => id).slice(0, 1000);
  const body = { projects: ids, filter, order, limit };
  const { runs, total } = await client.searchRuns({ body }).catch((error: unknown) => {
    throw withPlace(error, filter, order);
  });
  if (options.json) {
    console.log(JSON.stringify(runs, null, 2));
    return;
  }
  if (runs.length === 0) {
    console.log(filter === '' ? 'No runs yet.' : 'No runs match.');
    return;
  }
  console.log(runTable(runs, projects));
  if (total > runs.length) console.log(`… ${total - runs.length} more; --limit ${total} shows all.`);
}

/** The error with the wrong text and a caret below the place, when the server named one. */
function withPlace(error: unknown, filter: string, order: readonly string[]): unknown {
  if (!(error instanceof ApiError) || error.fault.position === undefined) return error;
  const isOrder = error.fault.field?.startsWith('order') ?? false;
  return pointAt(isOrder ? order.join(', ') : filter, error.fault.position, error.message);
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50_000) {
    throw new InvalidArgumentError('It is a number from 1 to 50000.');
  }
  return limit;
}
