import type { ProjectId } from '#core/domain/ids.ts';
import type { Principal } from './principal.ts';

/** The projects that grants or the key's limit name: in any other one he has no more than in its workspace. */
export function namedProjects({ grants, limit }: Principal): ReadonlySet<ProjectId> {
  const granted = grants.flatMap((grant) => (grant.scope === 'project' ? [grant.project] : []));
  return new Set([...granted, ...(limit?.projects ?? [])]);
}
