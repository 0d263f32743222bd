import { server } from './api/server.ts';

// MLflow's client prints links of its own page after each run: `<server>/#/experiments/2/runs/<run id>`. They lead here.

const LINK = /^#\/experiments\/([A-Za-z0-9][\w-]{0,63})(?:\/runs\/([0-9a-f]{32}))?/;

/** Where such a link leads in this page, or undefined when the hash is none. A run that is not there leads to its project. */
export async function pathOfMlflowLink(hash: string): Promise<string | undefined> {
  const [, project, run] = LINK.exec(hash) ?? [];
  if (project === undefined) return undefined;
  const board = `/p/${encodeURIComponent(project)}/runs`;
  if (run === undefined) return board;
  const found = await server.getRun({ params: { run } }).catch(() => undefined);
  return found ? `/p/${encodeURIComponent(found.project)}/runs/${found.number}` : board;
}
