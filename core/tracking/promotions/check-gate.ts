import {
  gateOf,
  mayApproveWishOf,
  standingApprovals,
  type ApprovalRule,
  type Check,
  type CheckResult,
} from '#core/domain/gate.ts';
import {
  stageName,
  type ModelVersion,
  type PromotionTarget,
  type RegisteredModel,
  type VersionRef,
} from '#core/domain/registry.ts';
import type { Principal } from '../access/principal.ts';
import { checkData, checkEvaluation, checkFile, checkTags } from './checks/contents.ts';
import { checkMetric } from './checks/metric.ts';
import { checkSignature } from './checks/signature.ts';
import type { RegisteredModelRef } from '../registry/find-registered-model.ts';
import { findVersion } from '../registry/find-version.ts';
import type { VersionAddress } from '../registry/version-address.ts';
import { gateContext, holderOf, type GateContext, type GateNeeds } from './gate-context.ts';

export interface GateStanding {
  /** In the order of the gate, the approval last; empty when the target has no gate. */
  readonly checks: readonly CheckResult[];
  readonly holder?: number;
}

/** What the gate of a target says of a version now. @throws Fault `not_found`, `forbidden`, `invalid` (stage). */
export async function checkGate(
  ports: GateNeeds,
  principal: Principal,
  ask: RegisteredModelRef & { readonly version: VersionAddress | string; readonly target: PromotionTarget },
): Promise<GateStanding> {
  const { model, version } = await findVersion(ports, principal, ask);
  const { kind, name } = ask.target;
  // As a gate is kept: `Production` has that of `production`.
  const target = { kind, name: kind === 'stage' ? stageName(name) : name };
  const holder = holderOf(model, target);
  const checks = await standingOf(ports, { model, version, target });
  return { checks, ...(holder !== undefined && { holder }) };
}

/** The same for whoever may see the version already. */
export async function standingOf(
  ports: GateNeeds,
  ask: { readonly model: RegisteredModel; readonly version: ModelVersion; readonly target: PromotionTarget },
): Promise<readonly CheckResult[]> {
  const gate = gateOf(ask.model.gates, ask.target);
  if (!gate) return [];
  const context = await gateContext(ports, ask);
  const results: CheckResult[] = [];
  for (const check of gate.checks) results.push(await resultOf(ports, context, check));
  if (gate.approval) results.push(approvalResult(context, gate.approval));
  return results;
}

async function resultOf(ports: GateNeeds, context: GateContext, check: Check): Promise<CheckResult> {
  if (check.kind === 'metric') return checkMetric(ports, context, check);
  if (check.kind === 'signature') return checkSignature(ports, context);
  if (check.kind === 'tags') return checkTags(context, check);
  if (check.kind === 'evaluation') return checkEvaluation(ports, context, check);
  return check.kind === 'file' ? checkFile(ports, context, check) : checkData(ports, context, check);
}

function approvalResult({ promotion }: GateContext, { role, count }: ApprovalRule): CheckResult {
  const given = standingApprovals(promotion?.approvals ?? []).filter(
    (one) => mayApproveWishOf(promotion?.askedBy, one.by) && (role === 'editor' || one.role === 'admin'),
  );
  const who = role === 'admin' ? 'an admin' : 'an editor or admin';
  return {
    kind: 'approval',
    isPassed: given.length >= count,
    detail: `${given.length} of ${count} approvals by ${who}`,
  };
}

/** A sentence that names what a version lacks. */
export function refusalText(
  model: Pick<RegisteredModel, 'name'>,
  { number }: Pick<VersionRef, 'number'>,
  ask: { readonly target: PromotionTarget; readonly checks: readonly CheckResult[] },
): string {
  const missing = ask.checks.filter(({ isPassed }) => !isPassed);
  const why = missing.map(({ kind, detail }) => `${kind}: ${detail}`).join('; ');
  return `${model.name} v${number} may not have the ${ask.target.kind} '${ask.target.name}': ${why}.`;
}
