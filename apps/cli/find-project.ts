import type { Client } from '#core/contract/client.ts';
import type { ProjectSummaryJson } from '#core/contract/schemas.ts';
import { Complaint } from './explain.ts';

/**
 * The project of this name, or of this id where no name is the same.
 * @throws Complaint naming the projects that there are.
 */
export async function findProject(client: Client, wanted: string): Promise<ProjectSummaryJson> {
  const { projects } = await client.listProjects({});
  const found = projects.find(({ name }) => name === wanted) ?? projects.find(({ id }) => id === wanted);
  if (found) return found;
  const some = projects.slice(0, 5).map(({ name }) => `'${name}'`);
  const hint =
    some.length === 0
      ? 'There is none yet.'
      : `There are ${some.join(', ')}${projects.length > 5 ? ' …' : '.'}`;
  throw new Complaint(`No project is called '${wanted}'. ${hint}`);
}
