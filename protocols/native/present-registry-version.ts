import type { z } from 'zod';
import type { versionDetail } from '#core/contract/registry-schemas.ts';
import type { Signature } from '#core/tracking/registry/mlmodel.ts';
import type { NameOf } from '#core/tracking/answers/names-of.ts';
import type { Origin } from '#core/tracking/answers/origin.ts';
import type { VersionPage } from '#core/tracking/answers/version-page.ts';
import { pairs, presentMetric } from './present.ts';
import {
  presentDeployment,
  presentFigure,
  presentPerson,
  presentPromotion,
  presentRegistered,
  presentVersionRow,
} from './present-registry.ts';

type Detail = z.output<typeof versionDetail>;

export function presentVersionPage(nameOf: NameOf, page: VersionPage): Detail {
  const { comparedWith, mlmodel, mlmodelError, production, row } = page;
  const { model, version } = row;
  const by = production?.by;
  return {
    ...presentVersionRow(nameOf, row),
    model: presentRegistered(nameOf, { model, may: page.may }),
    source: version.source,
    userId: version.userId,
    tags: pairs(version.tags),
    ...(version.loggedModel !== undefined && { loggedModel: version.loggedModel }),
    ...(production && {
      production: {
        because: production.because,
        since: production.since,
        ...(by && { by: presentPerson(nameOf, by) }),
      },
    }),
    deployments: page.deployments.map((one) => presentDeployment(nameOf, model, one)),
    ...(comparedWith !== undefined && { comparedWith }),
    origin: presentOrigin(row, page.origin),
    package: page.parts.map((part) => ({ ...part })),
    evaluations: page.evaluations.map(presentFigure),
    ...(mlmodel?.signature && { signature: presentSignature(mlmodel.signature) }),
    flavours: [...(mlmodel?.flavours ?? [])],
    ...(mlmodel?.inputExample !== undefined && { inputExample: mlmodel.inputExample }),
    ...(mlmodelError !== undefined && { mlmodelError }),
    fileList: page.fileList.map(({ digest, path, sizeBytes }) => ({ path, digest, sizeBytes })),
    isTreeChanged: page.isTreeChanged,
    gates: page.gates.map(({ checks, target }) => ({
      target: { ...target },
      checks: checks.map((check) => ({ ...check })),
    })),
    promotions: page.promotions.map((one) => presentPromotion(nameOf, one)),
    tagsOfModel: pairs(model.tags),
  };
}

function presentOrigin({ chip }: VersionPage['row'], origin: Origin): Detail['origin'] {
  const { datasets, isHidden, metrics, params, run, source } = origin;
  return {
    ...(run &&
      chip && {
        run: {
          ...chip,
          status: run.status,
          startedAt: run.startedAt,
          ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
          userId: run.userId,
        },
      }),
    isHidden,
    source: { ...source },
    params: params.map(({ key, value, previous }) => ({
      key,
      ...value,
      ...(previous !== undefined && { previous }),
    })),
    metrics: metrics.map(([key, summary]) => presentMetric(key, summary)),
    // Schema and profile may be megabytes, and are on the dataset's own page.
    datasets: datasets.map(({ digest, name, number, role, source: place, sourceType }) => ({
      name,
      digest,
      sourceType,
      source: place,
      number,
      role,
    })),
  };
}

function presentSignature({ inputs, outputs, params }: Signature): NonNullable<Detail['signature']> {
  const field = ({ shape, ...rest }: Signature['inputs'][number]) => ({
    ...rest,
    ...(shape && { shape: [...shape] }),
  });
  return {
    inputs: inputs.map(field),
    outputs: outputs.map(field),
    params: params.map((one) => ({ ...one })),
  };
}
