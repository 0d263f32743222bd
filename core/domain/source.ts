/** Where a run's code came from. What the client did not send is absent. */
export interface Source {
  /** Script, notebook or project, as the client named it. */
  readonly name?: string;
  readonly type?: string;
  readonly gitCommit?: string;
  readonly gitRepository?: string;
  readonly gitBranch?: string;
  readonly entryPoint?: string;
  /** The command line, as typed. */
  readonly command?: string;
}

/** The MLflow tags that say it, also used by our own SDK: one vocabulary on disk. */
export function sourceFromTags(tags: ReadonlyMap<string, string>): Source {
  const fields: Record<keyof Source, string> = {
    name: 'mlflow.source.name',
    type: 'mlflow.source.type',
    gitCommit: 'mlflow.source.git.commit',
    gitRepository: 'mlflow.source.git.repoURL',
    gitBranch: 'mlflow.source.git.branch',
    entryPoint: 'mlflow.project.entryPoint',
    command: 'cairn.command',
  };
  const known = Object.entries(fields)
    .map(([field, tag]) => [field, tags.get(tag)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}
