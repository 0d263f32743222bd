import type { z } from 'zod';
import type {
  deployment,
  figure,
  gate,
  lane,
  modelRow,
  person,
  productionRow,
  promotion,
  registeredModel,
  registryEntry,
  versionRow,
} from '#core/contract/registry-schemas.ts';
import type { Actor } from '#core/domain/actor.ts';
import type { Deployment } from '#core/domain/evaluation.ts';
import type { CheckResult, Gate, Promotion } from '#core/domain/gate.ts';
import type { RegistryEntry } from '#core/domain/registry-log.ts';
import type { RegisteredModel } from '#core/domain/registry.ts';
import type { Lane } from '#core/tracking/answers/lanes.ts';
import type { May, ModelRow } from '#core/tracking/answers/model-list.ts';
import type { NameOf } from '#core/tracking/answers/names-of.ts';
import type { InProduction } from '#core/tracking/answers/production.ts';
import type { ShownFigure, VersionRow } from '#core/tracking/answers/version-rows.ts';
import { pairs } from './present.ts';

// Domain → contract for what lists and pages of the registry share, one function a noun. Names of people come along as a function.

export function presentPerson(nameOf: NameOf, { id, kind }: Actor): z.output<typeof person> {
  return { kind, id, name: nameOf({ id, kind }) };
}

export function presentRegistered(
  nameOf: NameOf,
  { model, may }: { readonly model: RegisteredModel; readonly may: May },
): z.output<typeof registeredModel> {
  const { aliases, createdBy, gates, stages, tags, ...rest } = model;
  return {
    ...rest,
    createdBy: presentPerson(nameOf, createdBy),
    tags: pairs(tags),
    aliases: [...aliases].map(([alias, version]) => ({ alias, version })),
    stages: [...stages].map(([stage, version]) => ({ stage, version })),
    gates: gates.map(presentGate),
    may: { ...may },
  };
}

export function presentModelRow(nameOf: NameOf, row: ModelRow): z.output<typeof modelRow> {
  const { latest, openPromotions, production } = row;
  return {
    ...presentRegistered(nameOf, row),
    ...(production && { production: presentProduction(nameOf, production) }),
    ...(latest && { latest: presentVersionRow(nameOf, latest) }),
    openPromotions,
  };
}

export function presentVersionRow(nameOf: NameOf, row: VersionRow): z.output<typeof versionRow> {
  const { aliases, chip, data, dev, files, objective, prod, run, sizeBytes, version } = row;
  const { createdAt, createdBy, deprecated, description, manifest, number, stage } = version;
  return {
    number,
    description,
    createdAt,
    createdBy: presentPerson(nameOf, createdBy),
    stage,
    aliases: [...aliases],
    ...(objective && { objective }),
    ...(dev && { dev: presentFigure(dev) }),
    ...(prod && { prod: presentFigure(prod) }),
    data: data.map((one) => ({ ...one })),
    ...(chip && { run: { ...chip } }),
    ...(run?.source.gitCommit !== undefined && { gitCommit: run.source.gitCommit }),
    ...(manifest !== undefined && { manifest }),
    ...(files !== undefined && { files }),
    ...(sizeBytes !== undefined && { sizeBytes }),
    ...(deprecated && { deprecated: { ...deprecated } }),
  };
}

export function presentProduction(nameOf: NameOf, given: InProduction): z.output<typeof productionRow> {
  const { because, by, deployments, detail, health, model, row, since, trend } = given;
  return {
    model: model.id,
    modelName: model.name,
    version: presentVersionRow(nameOf, row),
    because,
    since,
    ...(by && { by: presentPerson(nameOf, by) }),
    deployments: deployments.map((one) => presentDeployment(nameOf, model, one)),
    trend: trend.map(([at, value]) => [at, value]),
    health,
    healthDetail: detail,
  };
}

export function presentFigure({ dataset, ...rest }: ShownFigure): z.output<typeof figure> {
  return { ...rest, ...(dataset && { dataset: { ...dataset } }) };
}

export function presentDeployment(
  nameOf: NameOf,
  { name: modelName }: Pick<RegisteredModel, 'name'>,
  { by, version, ...rest }: Deployment,
): z.output<typeof deployment> {
  const { model, number } = version;
  return { ...rest, model, modelName, version: number, by: presentPerson(nameOf, by) };
}

export function presentLane(nameOf: NameOf, { holdings, kind, name }: Lane): z.output<typeof lane> {
  return {
    kind,
    name,
    holdings: holdings.map(({ by, ...rest }) => ({ ...rest, by: presentPerson(nameOf, by) })),
  };
}

/** A wish to promote; an open one says how its gate stands and whether whoever asks may approve. */
export function presentPromotion(
  nameOf: NameOf,
  given: {
    readonly promotion: Promotion;
    readonly model: Pick<RegisteredModel, 'name'>;
    readonly checks?: readonly CheckResult[];
    readonly mayApprove?: boolean;
  },
): z.output<typeof promotion> {
  const { checks, mayApprove, model, promotion: wish } = given;
  const { approvals, askedBy, target, version, ...rest } = wish;
  return {
    ...rest,
    model: version.model,
    modelName: model.name,
    version: version.number,
    target: { ...target },
    askedBy: presentPerson(nameOf, askedBy),
    approvals: approvals.map(({ by, ...word }) => ({ ...word, by: presentPerson(nameOf, by) })),
    ...(checks && { checks: checks.map((check) => ({ ...check })) }),
    ...(mayApprove !== undefined && { mayApprove }),
  };
}

export function presentEntry(
  nameOf: NameOf,
  { actor, details, model: _model, ...rest }: RegistryEntry,
): z.output<typeof registryEntry> {
  return { ...rest, actor: presentPerson(nameOf, actor), details: { ...details } };
}

export function presentGate({ approval, checks, target }: Gate): z.output<typeof gate> {
  return {
    target: { ...target },
    checks: checks.map((check) =>
      check.kind === 'tags' ? { ...check, tags: check.tags.map((tag) => ({ ...tag })) } : { ...check },
    ),
    ...(approval && { approval: { ...approval } }),
  };
}
