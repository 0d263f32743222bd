import { assertInputDataset, type InputDataset } from '#core/domain/dataset.ts';
import { Fault } from '#core/domain/fault.ts';
import type { RunId } from '#core/domain/ids.ts';
import { assertName, assertText } from '#core/domain/names.ts';
import type { LoggedPoints } from '#core/domain/point.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { assertMayEvaluate } from '../evaluations/assert-may-evaluate.ts';
import { findModel } from '../models/find-model.ts';
import type { Change, NewParam, Receipt, Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { authoriseOnRun } from './find-run.ts';

export interface LogBatch {
  readonly run: RunId;
  readonly params?: readonly NewParam[];
  /** Whether a param may be set to another value: the wire's policy. */
  readonly paramPolicy?: 'once' | 'overwrite';
  readonly tags?: readonly Tag[];
  /** Each belongs to this run, or to a model that this run measured. */
  readonly points?: readonly LoggedPoints[];
  readonly datasets?: readonly InputDataset[];
  readonly idempotencyKey?: string;
}

/**
 * Everything one request logs, as one durable commit: all of it or nothing.
 * @throws Fault `not_found`, `forbidden`, `invalid` (names, values, deleted run, a changed param).
 */
export async function logBatch(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock'>,
  principal: Principal,
  ask: LogBatch,
): Promise<Receipt> {
  assertIdempotencyKey(ask.idempotencyKey);
  const { run, params = [], tags = [], points = [], datasets = [] } = ask;
  const project = await authoriseOnRun(ports, principal, { run, permission: 'run:write' });
  await assertMayEvaluate(ports, principal, { project, tags });
  for (const { key, value } of params) {
    assertName('param', key);
    assertText('value', value.text);
  }
  for (const { key, value } of tags) {
    assertName('tag', key);
    assertText('value', value);
  }
  for (const logged of points) assertPoints(logged, run);
  for (const input of datasets) assertInputDataset(input);
  // A model that the run measured may belong to another project.
  const models = points.flatMap(({ owner }) => (owner.kind === 'model' ? [owner.model] : []));
  for (const model of new Set(models))
    await findModel(ports, principal, { model, permission: 'model:write' });
  const changes: Change[] = points.map((logged) => ({ kind: 'log-points', points: logged }));
  if (params.length > 0) changes.push({ kind: 'set-params', run, params, policy: ask.paramPolicy ?? 'once' });
  if (tags.length > 0) changes.push({ kind: 'set-tags', run, tags });
  if (datasets.length > 0) changes.push({ kind: 'add-inputs', run, datasets, models: [] });
  return ports.writer.commit({
    actor: actorOf(principal),
    at: ports.clock.now(),
    changes,
    ...(ask.idempotencyKey !== undefined && { once: ask.idempotencyKey }),
  });
}

const KEY_LIMIT = 200;

/** It is kept for days: long enough for any UUID, short enough to keep many. */
function assertIdempotencyKey(key: string | undefined): void {
  if (key === undefined || key.length <= KEY_LIMIT) return;
  throw new Fault('invalid', `An idempotency key may have ${KEY_LIMIT} characters at most.`, {
    field: 'idempotency_key',
  });
}

/** A step is finite, a time a non-negative integer of microseconds; a value may be anything. One pass, nothing allocated. */
function assertPoints(points: LoggedPoints, run: RunId): void {
  if (points.owner.run !== run)
    throw new Fault('invalid', 'Points belong to another run.', { field: 'run_id' });
  for (const metric of points.metrics) assertName('metric', metric);
  const { steps, times } = points;
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at] as number;
    const time = times[at] as number;
    if (!Number.isFinite(step))
      throw new Fault('invalid', `Step ${step} is not a finite number.`, { field: 'step' });
    if (!(Number.isSafeInteger(time) && time >= 0)) {
      throw new Fault('invalid', `Timestamp ${time} is not a non-negative integer of microseconds.`, {
        field: 'timestamp',
      });
    }
  }
}
