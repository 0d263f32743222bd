import type { RunId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { audited } from '../audit/audited.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from './find-run.ts';

type Needs = Pick<Ports, 'catalog' | 'writer' | 'clock'>;

/** Hides a run; restorable; idempotent. @throws Fault `not_found`, `forbidden`. */
export async function deleteRun(
  ports: Needs,
  principal: Principal,
  ask: { readonly run: RunId },
): Promise<Run> {
  return change(ports, principal, { kind: 'delete-run', run: ask.run });
}

/** Brings a deleted run back; idempotent. @throws Fault `not_found`, `forbidden`. */
export async function restoreRun(
  ports: Needs,
  principal: Principal,
  ask: { readonly run: RunId },
): Promise<Run> {
  return change(ports, principal, { kind: 'restore-run', run: ask.run });
}

async function change(
  ports: Needs,
  principal: Principal,
  step: { readonly kind: 'delete-run' | 'restore-run'; readonly run: RunId },
): Promise<Run> {
  await findRun(ports, principal, { run: step.run, permission: 'run:write' });
  const action = step.kind === 'delete-run' ? 'run.deleted' : 'run.restored';
  const note = audited(principal, { action, subject: `run ${step.run}` });
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes: [step, note] });
  return findRun(ports, principal, { run: step.run });
}
