import { Fault } from '#core/domain/fault.ts';
import { gateOf, type CheckResult, type Promotion } from '#core/domain/gate.ts';
import { assertText } from '#core/domain/names.ts';
import {
  assertAlias,
  stageName,
  type ModelVersion,
  type PromotionTarget,
  type RegisteredModel,
} from '#core/domain/registry.ts';
import { authoriseRegistry } from '../access/authorise-registry.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import type { RegistryChange } from '../ports/registry-change.ts';
import { refusalText, standingOf } from './check-gate.ts';
import type { RegisteredModelRef } from './find-registered-model.ts';
import { findVersion } from './find-version.ts';
import type { VersionAddress } from './version-address.ts';
import { gateContext, holderOf } from './gate-context.ts';

/** What is wished for; the version is named beside it. */
export interface Wish {
  readonly target: PromotionTarget;
  readonly reason?: string;
  /** Of a stage: every other version that is in it moves to `archived`. */
  readonly archiveOthers?: boolean;
  /** The holder whom the asker saw, null for none. */
  readonly expectedHolder?: number | null;
}

export type PromoteVersion = RegisteredModelRef & { readonly version: VersionAddress | string } & Wish;

export interface Promoted {
  /** `asked`: only approvals are missing, and the wish waits for them. */
  readonly outcome: 'done' | 'asked' | 'unchanged';
  readonly checks: readonly CheckResult[];
  readonly promotion?: Promotion;
}

export type PromotionNeeds = Pick<Ports, 'registry' | 'catalog' | 'blobs' | 'clock' | 'ids' | 'writer'>;

/** A gate is decided on what was read; when that changed until the commit, it is read again, so often. */
const ROUNDS = 10;

/**
 * Gives an alias or a stage to a version, if the gate of it lets it. What a gate refuses is written down with its
 * figures. @throws Fault `not_found`, `invalid`, `forbidden` (by the gate, or who asks), `conflict` when the holder is another than the expected one.
 */
export async function promoteVersion(
  ports: PromotionNeeds,
  principal: Principal,
  ask: PromoteVersion,
): Promise<Promoted> {
  const target = assertTarget(ask.target);
  const reason = ask.reason ?? '';
  assertText('reason', reason);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { model, version } = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
    const done = await attempt(ports, principal, { ...ask, model, version, target, reason });
    if (done) return done;
  }
  throw new Fault('unavailable', 'The model changes too fast for its gate to be checked. Ask again.', {
    retryAfterSeconds: 1,
  });
}

/** Like `promoteVersion`, for clients that cannot wait: an approval that is missing is asked for, and refuses. */
export async function promoteAtOnce(
  ports: PromotionNeeds,
  principal: Principal,
  ask: PromoteVersion,
): Promise<Promoted> {
  const promoted = await promoteVersion(ports, principal, ask);
  if (promoted.outcome !== 'asked') return promoted;
  const missing = promoted.checks.find(({ kind }) => kind === 'approval')?.detail ?? 'no approval yet';
  throw new Fault(
    'forbidden',
    `The ${ask.target.kind} '${ask.target.name}' waits for approval (${missing}): it was asked for and moves by itself once it is given.`,
  );
}

interface Attempt extends Wish {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
  readonly reason: string;
}

/** Undefined when the model changed between reading and committing. */
async function attempt(
  ports: PromotionNeeds,
  principal: Principal,
  ask: Attempt,
): Promise<Promoted | undefined> {
  const { model, version, target, reason } = ask;
  if (has(model, version, target)) return { outcome: 'unchanged', checks: [] };
  if (version.deprecated) {
    throw new Fault('invalid', `${model.name} v${version.number} is deprecated: offer it again first.`, {
      reason: 'wrong-state',
    });
  }
  await assertMayLeaveStage(ports, principal, ask);
  await assertExpectedHolder(ports, principal, ask);
  const checks = await standingOf(ports, { model, version, target });
  const failed = checks.filter(({ isPassed }) => !isPassed);
  if (failed.some(({ kind }) => kind !== 'approval')) {
    await refuse(ports, principal, { ...ask, checks });
    throw new Fault('forbidden', refusalText(model, version, { target, checks }));
  }
  if (failed.length > 0) return askForApproval(ports, principal, { ...ask, checks });
  const isDone = await commitUnlessOutdated(ports, principal, {
    kind: 'promote',
    version: { model: model.id, number: version.number },
    target,
    reason,
    checks,
    ...(isDecided(ask) && { revision: model.revision }),
    ...(ask.archiveOthers && { archiveOthers: true }),
  });
  return isDone ? { outcome: 'done', checks } : undefined;
}

/** Whether something was decided on what was read: without a gate and an expectation, whoever comes last has it. */
function isDecided({ model, target, expectedHolder }: Attempt): boolean {
  return expectedHolder !== undefined || gateOf(model.gates, target) !== undefined;
}

function has(model: RegisteredModel, version: ModelVersion, { kind, name }: PromotionTarget): boolean {
  return kind === 'alias' ? model.aliases.get(name) === version.number : version.stage === name;
}

/** A stage with a gate is not left for another by everybody: the model would be without it. */
async function assertMayLeaveStage(
  ports: PromotionNeeds,
  principal: Principal,
  { model, version, target }: Attempt,
): Promise<void> {
  if (target.kind !== 'stage' || !gateOf(model.gates, { kind: 'stage', name: version.stage })) return;
  await authoriseRegistry(ports, principal, { model, permission: 'registry:admin' });
}

async function assertExpectedHolder(
  ports: PromotionNeeds,
  principal: Principal,
  ask: Attempt,
): Promise<void> {
  const { model, target, expectedHolder } = ask;
  const holder = holderOf(model, target) ?? null;
  if (expectedHolder === undefined || expectedHolder === holder) return;
  const now = holder === null ? 'no version has it now' : `v${holder} has it now`;
  const before = expectedHolder === null ? 'nobody had it' : `v${expectedHolder} had it`;
  const detail = `${now}, ${before} when this was asked for`;
  const checks: CheckResult[] = [{ kind: 'approval', isPassed: false, detail }];
  await refuse(ports, principal, { ...ask, checks });
  throw new Fault('conflict', `The ${target.kind} '${target.name}' moved meanwhile: ${detail}.`);
}

async function refuse(
  ports: PromotionNeeds,
  principal: Principal,
  ask: Attempt & { readonly checks: readonly CheckResult[] },
): Promise<void> {
  const { model, version, target, reason, checks } = ask;
  const change: RegistryChange = {
    kind: 'refuse-promotion',
    version: { model: model.id, number: version.number },
    target,
    reason,
    checks,
  };
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes: [change] });
}

async function askForApproval(
  ports: PromotionNeeds,
  principal: Principal,
  ask: Attempt & { readonly checks: readonly CheckResult[] },
): Promise<Promoted> {
  const { model, version, target, reason, checks } = ask;
  const { promotion: open } = await gateContext(ports, { model, version, target });
  if (open) return { outcome: 'asked', checks, promotion: open };
  const id = ports.ids.promotionId();
  const asked: RegistryChange = {
    kind: 'ask-promotion',
    id,
    version: { model: model.id, number: version.number },
    target,
    reason,
  };
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes: [asked] });
  const promotion = await ports.registry.promotion(id);
  return { outcome: 'asked', checks, ...(promotion && { promotion }) };
}

/** False when the model's revision is no longer the one that was decided on. */
export async function commitUnlessOutdated(
  ports: Pick<Ports, 'writer' | 'clock'>,
  principal: Principal,
  change: RegistryChange,
): Promise<boolean> {
  try {
    await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes: [change] });
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === 'conflict' && error.details.reason === 'wrong-state')
      return false;
    throw error;
  }
}

/** The target as it is kept. @throws Fault `invalid`. */
export function assertTarget({ kind, name }: PromotionTarget): PromotionTarget {
  if (kind === 'stage') return { kind, name: stageName(name) };
  assertAlias(name);
  return { kind, name };
}
