import type { CheckResult } from '#core/domain/gate.ts';
import { manifestOf, noOther, type GateContext, type GateNeeds } from '../gate-context.ts';
import { readMlmodel, type Signature, type SignatureField } from '../../registry/mlmodel.ts';

/** Whether whoever calls the holder can call this version. */
export async function checkSignature(ports: GateNeeds, context: GateContext): Promise<CheckResult> {
  const { holder, version } = context;
  const say = (isPassed: boolean, detail: string): CheckResult => ({ kind: 'signature', isPassed, detail });
  const own = (await readMlmodel(ports, await manifestOf(ports, version)))?.signature;
  if (!own) return say(false, `v${version.number} has no signature`);
  if (!holder) return say(true, noOther(context));
  const held = (await readMlmodel(ports, await manifestOf(ports, holder)))?.signature;
  if (!held) return say(true, `v${holder.number} has no signature to keep to`);
  const breaks = incompatibilities(own, held);
  if (breaks.length === 0) return say(true, `compatible with v${holder.number}`);
  return say(false, `not compatible with v${holder.number}: ${breaks.join(', ')}`);
}

/** What a caller of `held` would stumble over in `own`. */
export function incompatibilities(own: Signature, held: Signature): readonly string[] {
  const breaks: string[] = [];
  const known = new Map(held.inputs.map((field) => [field.name, field]));
  for (const field of own.inputs) {
    const before = known.get(field.name);
    if (!before && field.isRequired) breaks.push(`input ${field.name} is new and required`);
    if (!before) continue;
    if (!isSameType(field, before)) breaks.push(`input ${field.name} is ${field.type}, was ${before.type}`);
    if (field.isRequired && !before.isRequired) breaks.push(`input ${field.name} is required now`);
  }
  const outputs = new Map(own.outputs.map((field) => [field.name, field]));
  for (const before of held.outputs) {
    const field = outputs.get(before.name);
    if (!field) breaks.push(`output ${before.name} is gone`);
    else if (!isSameType(field, before))
      breaks.push(`output ${field.name} is ${field.type}, was ${before.type}`);
  }
  return breaks;
}

function isSameType(a: SignatureField, b: SignatureField): boolean {
  return a.type === b.type && JSON.stringify(a.shape ?? null) === JSON.stringify(b.shape ?? null);
}
