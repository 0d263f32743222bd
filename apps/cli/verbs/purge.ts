import { Command } from 'commander';
import type { Client } from '#core/contract/client.ts';
import type { RunJson } from '#core/contract/schemas.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { Complaint } from '../explain.ts';
import { findProject } from '../find-project.ts';
import { findRun } from '../find-run.ts';
import { parseAge } from '../parse-age.ts';
import { plain } from '../text.ts';

interface Options extends ServerOption {
  readonly project?: string;
  readonly deletedBefore?: number;
  readonly yes?: true;
}

const PAGE = 1000;

/** `cairn purge`: what was deleted goes for good. */
export function purgeVerb(): Command {
  const verb = new Command('purge')
    .description('remove deleted runs or a deleted project for good')
    .argument('[runs...]', '<project>/<number>, or the 32 digits of an id')
    .option('--project <name>', 'a deleted project with all its runs, by name or id')
    .option('--deleted-before <age>', 'all runs that were deleted longer ago, such as 30d', parseAge)
    .option('--yes', 'do it; without this, --project and --deleted-before only say what they would do');
  return withWorkspace(verb).action(purge);
}

async function purge(wanted: string[], options: Options): Promise<void> {
  const { client } = connect(options);
  if (wanted.length === 0 && options.project === undefined && options.deletedBefore === undefined) {
    throw new Complaint('Name runs, or say --project or --deleted-before.');
  }
  for (const text of wanted) await purgeRun(client, await findRun(client, text));
  if (options.project !== undefined) await purgeProject(client, options.project, options);
  if (options.deletedBefore !== undefined) {
    await purgeOld(client, Date.now() - options.deletedBefore, options);
  }
}

async function purgeRun(client: Client, run: RunJson): Promise<void> {
  await client.purgeRun({ params: { run: run.id } });
  console.log(`Removed run ${run.number} '${plain(run.name)}' (${run.id}).`);
}

async function purgeProject(client: Client, name: string, { yes }: Options): Promise<void> {
  const { projects } = await client.listProjects({ query: { view: 'deleted' } });
  const found = projects.find((project) => project.name === name) ?? projects.find(({ id }) => id === name);
  if (!found) {
    // Says so when it is there and not deleted.
    const { name: active } = await findProject(client, name);
    throw new Complaint(`The project '${active}' is not deleted.`);
  }
  if (!yes) {
    console.log(`Would remove the project '${plain(found.name)}' with all its runs. Add --yes to do it.`);
    return;
  }
  await client.purgeProject({ params: { project: found.id } });
  console.log(`Removed the project '${plain(found.name)}'.`);
}

async function purgeOld(client: Client, before: number, { yes }: Options): Promise<void> {
  let count = 0;
  for (const run of await deletedRuns(client, before)) {
    count += 1;
    if (yes) await purgeRun(client, run);
  }
  if (!yes) console.log(`Would remove ${count} runs. Add --yes to do it.`);
}

async function deletedRuns(client: Client, before: number): Promise<readonly RunJson[]> {
  const { projects } = await client.listProjects({ query: { view: 'all' } });
  const found: RunJson[] = [];
  for (const { id } of projects) {
    let cursor: string | undefined;
    do {
      const body = {
        projects: [id],
        view: 'deleted' as const,
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      };
      const page = await client.searchRuns({ body });
      found.push(...page.runs.filter(({ deletedAt }) => deletedAt !== undefined && deletedAt < before));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return found;
}
