// Lines of curl that log into a project: `0`, which every server has, or one that is made in another workspace first.

export interface CurlProject {
  /** Lines that come before, with a break behind them, or nothing. */
  readonly before: string;
  /** Of the project, as it stands within single-quoted JSON. */
  readonly id: string;
  /** The end of a query that names the workspace, or nothing. */
  readonly query: string;
}

/** @param curl the command with what it needs to be let in; `$API` and `$JSON` are set. */
export function curlProject(workspace: string, curl: string): CurlProject {
  if (workspace === 'default') return { before: '', id: '0', query: '' };
  const query = `?workspace=${workspace}`;
  return {
    before: `PROJECT=$(${curl} -H "$JSON" "$API/projects${query}" \\
  -d '{"name":"digits","existing":"use"}' \\
  | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
`,
    id: `'$PROJECT'`,
    query,
  };
}
