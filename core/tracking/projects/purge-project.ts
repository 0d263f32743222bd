import type { ProjectId } from '#core/domain/ids.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Change } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from './find-project.ts';

/** Runs of one commit: others wait no longer than for a request that logs much. */
const RUNS_AT_ONCE = 20;

/**
 * Removes a deleted project for good, with its runs and models, a few in each commit. Interrupted, it has lost some of
 * them and is still deleted: asked again, it goes on.
 * @throws Fault `not_found`, `forbidden`, `invalid` unless it is deleted, also when somebody restores it meanwhile.
 */
export async function purgeProject(
  ports: Pick<Ports, 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  { project }: { readonly project: ProjectId },
): Promise<void> {
  const { name } = await findProject(ports, principal, { project, permission: 'project:purge' });
  const step: Change = { kind: 'purge-project', project, limit: RUNS_AT_ONCE };
  const note = audited(principal, {
    action: 'project.purged',
    subject: `project ${project}`,
    details: { name },
  });
  let changes: readonly Change[] = [step, note];
  do {
    await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes });
    changes = [step];
  } while (await ports.catalog.project(project));
}
