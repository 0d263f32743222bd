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
import { commitOnRevision } from './commit-on-revision.ts';
import type { RegisteredModelRef } from '../registry/find-registered-model.ts';
import { findVersion } from '../registry/find-version.ts';
import type { VersionAddress } from '../registry/version-address.ts';
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
  const { changes: _, ...promoted } = await commitOnRevision(ports, principal, async () => {
    const { model, version } = await findVersion(ports, principal, { ...ask, permission: 'registry:write' });
    return decide(ports, principal, { ...ask, model, version, target, reason });
  });
  return promoted;
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

/** What is to be committed, and what it comes to. */
async function decide(
  ports: PromotionNeeds,
  principal: Principal,
  ask: Attempt,
): Promise<Promoted & { readonly changes: readonly RegistryChange[] }> {
  const { model, version, target, reason } = ask;
  if (has(model, version, target) && !(await sharesStage(ports, ask))) {
    return { outcome: 'unchanged', checks: [], changes: [] };
  }
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
  if (failed.length > 0) {
    return { ...(await askForApproval(ports, principal, { ...ask, checks })), changes: [] };
  }
  const change: RegistryChange = {
    kind: 'promote',
    version: { model: model.id, number: version.number },
    target,
    reason,
    checks,
    ...(isDecided(ask) && { revision: model.revision }),
    ...(ask.archiveOthers && { archiveOthers: true }),
  };
  return { outcome: 'done', checks, changes: [change] };
}

/** Whether something was decided on what was read: without a gate and an expectation, whoever comes last has it. */
function isDecided({ model, target, expectedHolder }: Attempt): boolean {
  return expectedHolder !== undefined || gateOf(model.gates, target) !== undefined;
}

function has(model: RegisteredModel, version: ModelVersion, { kind, name }: PromotionTarget): boolean {
  return kind === 'alias' ? model.aliases.get(name) === version.number : version.stage === name;
}

/** Whether others are in the stage as well, that are to be archived. */
async function sharesStage(
  { registry }: PromotionNeeds,
  { model, target, ...ask }: Attempt,
): Promise<boolean> {
  if (target.kind === 'alias' || !ask.archiveOthers || target.name === 'archived') return false;
  const { id, workspace } = model;
  const all = await registry.findVersions({ workspace, models: [id] });
  return all.some(({ number, stage }) => stage === target.name && number !== ask.version.number);
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
  const checks: CheckResult[] = [{ kind: 'holder', isPassed: false, detail }];
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
    archiveOthers: ask.archiveOthers ?? false,
    id,
    version: { model: model.id, number: version.number },
    target,
    reason,
  };
  await ports.writer.commit({ actor: actorOf(principal), at: ports.clock.now(), changes: [asked] });
  const promotion = await ports.registry.promotion(id);
  return { outcome: 'asked', checks, ...(promotion && { promotion }) };
}

/** The target as it is kept. @throws Fault `invalid`. */
export function assertTarget({ kind, name }: PromotionTarget): PromotionTarget {
  if (kind === 'stage') return { kind, name: stageName(name) };
  assertAlias(name);
  return { kind, name };
}
