import { isSameTarget, type Promotion } from '#core/domain/gate.ts';
import type { Manifest } from '#core/domain/manifest.ts';
import type { ModelVersion, PromotionTarget, RegisteredModel } from '#core/domain/registry.ts';
import type { Ports } from '../ports/ports.ts';

export type GateNeeds = Pick<Ports, 'registry' | 'catalog' | 'blobs' | 'clock'>;

/** What the checks of a gate look at. */
export interface GateContext {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
  readonly target: PromotionTarget;
  /** Who has the target now; undefined when nobody has, or the version itself has it. */
  readonly holder: ModelVersion | undefined;
  /** The version itself has it. */
  readonly isHolder: boolean;
  /** The open promotion of this version to this target. */
  readonly promotion: Promotion | undefined;
}

/** The number of the version that has a target: of a stage that several share, the newest. */
export function holderOf(
  model: Pick<RegisteredModel, 'aliases' | 'stages'>,
  { kind, name }: PromotionTarget,
): number | undefined {
  return kind === 'alias' ? model.aliases.get(name) : model.stages.get(name);
}

export async function gateContext(
  ports: GateNeeds,
  ask: { readonly model: RegisteredModel; readonly version: ModelVersion; readonly target: PromotionTarget },
): Promise<GateContext> {
  const { model, version, target } = ask;
  const number = holderOf(model, target);
  const [holder, open] = await Promise.all([
    number === undefined || number === version.number
      ? undefined
      : ports.registry.modelVersion({ model: model.id, number }),
    ports.registry.promotions({ model: model.id }),
  ]);
  const promotion = open.find(
    (one) => one.version.number === version.number && isSameTarget(one.target, target),
  );
  return { model, version, target, holder, isHolder: number === version.number, promotion };
}

/** Why there is no other version to compare with. */
export function noOther({ isHolder, target, version }: GateContext): string {
  const place = `the ${target.kind} '${target.name}'`;
  return isHolder ? `v${version.number} has ${place} itself` : `no version has ${place} yet`;
}

export async function manifestOf(
  ports: Pick<Ports, 'catalog'>,
  version: ModelVersion | undefined,
): Promise<Manifest | undefined> {
  return version?.manifest && ports.catalog.manifest(version.manifest);
}
