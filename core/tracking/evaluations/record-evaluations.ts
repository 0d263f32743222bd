import { DEVELOPMENT, type Evaluation } from '#core/domain/evaluation.ts';
import { Fault } from '#core/domain/fault.ts';
import { assertName, assertText } from '#core/domain/names.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { findRun } from '../runs/find-run.ts';
import { assertEnvironment } from './environment.ts';
import { assertMoment } from './moment.ts';
import type { RegisteredModelRef } from '../registry/find-registered-model.ts';
import { findVersion, type FoundVersion } from '../registry/find-version.ts';
import type { VersionAddress } from '../registry/version-address.ts';

export type NewEvaluation = Pick<Evaluation, 'metric' | 'value' | 'dataset' | 'samples' | 'run'> &
  Partial<Pick<Evaluation, 'environment' | 'at'>>;

/** Adds measurements of a version. @throws Fault `not_found` also for a run, `forbidden`, `invalid` when a value is not finite. */
export async function recordEvaluations(
  ports: Pick<Ports, 'registry' | 'catalog' | 'writer' | 'clock'>,
  principal: Principal,
  ask: RegisteredModelRef & {
    readonly version: VersionAddress | string;
    readonly evaluations: readonly NewEvaluation[];
    /** A program's figure that comes again and again: it stays out of the model's log. */
    readonly isRoutine?: boolean;
  },
): Promise<FoundVersion> {
  const now = ports.clock.now();
  for (const evaluation of ask.evaluations) assertEvaluation(evaluation, now);
  const found = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
  for (const { run } of ask.evaluations) if (run) await findRun(ports, principal, { run });
  const change = {
    kind: 'record-evaluations',
    version: { model: found.model.id, number: found.version.number },
    evaluations: ask.evaluations.map((one) => ({
      ...one,
      environment: one.environment ?? DEVELOPMENT,
      at: one.at ?? now,
    })),
    isRoutine: ask.isRoutine ?? false,
  } as const;
  await ports.writer.commit({ actor: actorOf(principal), at: now, changes: [change] });
  return found;
}

const DATASET_LIMIT = 500;

function assertEvaluation({ metric, value, environment, dataset, at }: NewEvaluation, now: number): void {
  assertName('metric', metric);
  if (!Number.isFinite(value)) {
    throw new Fault('invalid', `The value of ${metric} is not a finite number.`, { field: 'value' });
  }
  if (environment !== undefined) assertEnvironment(environment);
  if (at !== undefined) assertMoment('at', at, now);
  assertText('dataset', dataset?.name ?? '', DATASET_LIMIT);
  assertText('dataset', dataset?.digest ?? '', DATASET_LIMIT);
}
