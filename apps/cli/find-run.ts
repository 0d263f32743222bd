import type { Client } from '#core/contract/client.ts';
import type { RunJson } from '#core/contract/schemas.ts';
import { Complaint } from './explain.ts';
import { findProject } from './find-project.ts';

/** The run of this id, or of `<project>/<number>`. @throws Complaint when the text names none. */
export async function findRun(client: Client, wanted: string): Promise<RunJson> {
  if (/^[0-9a-f]{32}$/.test(wanted)) return client.getRun({ params: { run: wanted } });
  // A project's name may hold slashes itself: the last one counts.
  const match = /^(.+)\/#?(\d+)$/.exec(wanted);
  if (!match?.[1] || !match[2]) {
    throw new Complaint(`'${wanted}' names no run; say <project>/<number> or a run's id of 32 digits.`);
  }
  const project = await findProject(client, match[1]);
  return client.getRunByNumber({ params: { project: project.id, number: Number(match[2]) } });
}
