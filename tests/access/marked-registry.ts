import { DEFAULT_WORKSPACE, type DeploymentId, type PromotionId, type RunId } from '#core/domain/ids.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import { createRegisteredModel } from '#core/tracking/registry/create-registered-model.ts';
import { declareGates } from '#core/tracking/promotions/declare-gates.ts';
import { startDeployment } from '#core/tracking/evaluations/deployments.ts';
import { promoteVersion } from '#core/tracking/promotions/promote-version.ts';
import { recordEvaluations } from '#core/tracking/evaluations/record-evaluations.ts';
import { registerVersion } from '#core/tracking/registry/register-version.ts';

/** A registered model of a marked project, with everything that a registry keeps: each word in it is the project's. */
export interface MarkedRegistry {
  /** Its name; its two versions were made by the project's run. */
  readonly model: string;
  /** Of version 2, which had it after version 1. */
  readonly alias: string;
  /** That version 1 gets a guarded alias: open, asked for by the owner. */
  readonly promotion: PromotionId;
  readonly deployment: DeploymentId;
}

const workspace = DEFAULT_WORKSPACE;

export async function markedRegistry(
  ports: Ports,
  { name, run, word }: { readonly name: string; readonly run: RunId; readonly word: string },
): Promise<MarkedRegistry> {
  const tags = [{ key: word, value: word }];
  await createRegisteredModel(ports, LOCAL_OWNER, { workspace, name, description: word, tags });
  for (let version = 1; version <= 2; version += 1) {
    const source = `runs:/${run}/`;
    await registerVersion(ports, LOCAL_OWNER, { workspace, name, source, run, description: word, tags });
    const target = { kind: 'alias', name: 'champion' } as const;
    const asked = { workspace, model: name, version: String(version), target, reason: word };
    await promoteVersion(ports, LOCAL_OWNER, asked);
  }
  const guarded = { kind: 'alias', name: 'guarded' } as const;
  await declareGates(ports, LOCAL_OWNER, {
    workspace,
    name,
    gates: [{ target: guarded, checks: [], approval: { role: 'editor', count: 1 } }],
    reason: word,
  });
  const { promotion } = await promoteVersion(ports, LOCAL_OWNER, {
    workspace,
    model: name,
    version: '1',
    target: guarded,
    reason: word,
  });
  await recordEvaluations(ports, LOCAL_OWNER, {
    workspace,
    name,
    version: { number: 2 },
    evaluations: [{ metric: word, value: 0.5, environment: 'production', run }],
  });
  const deployment = await startDeployment(ports, LOCAL_OWNER, {
    workspace,
    name,
    version: { number: 2 },
    environment: 'eu-prod',
    url: word,
    reason: word,
  });
  if (!promotion) throw new Error('The guarded alias was given without approval.');
  return { model: name, alias: 'champion', promotion: promotion.id, deployment: deployment.id };
}
