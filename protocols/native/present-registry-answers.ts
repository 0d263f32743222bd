import type { z } from 'zod';
import type { datasetRow, datasetVersion, lineage, lineageNode } from '#core/contract/registry-schemas.ts';
import { PRODUCED_TYPES } from '#core/domain/artifact.ts';
import { columnsOf, profileFacts } from '#core/tracking/answers/dataset-columns.ts';
import type { DatasetRow, DescribedVersion } from '#core/tracking/answers/datasets.ts';
import type { LineageThing } from '#core/tracking/answers/lineage-things.ts';
import type { Lineage, LineagePoint } from '#core/tracking/answers/lineage.ts';
import type { NameOf } from '#core/tracking/answers/names-of.ts';
import { presentPerson } from './present-registry.ts';

export function presentLineage({ edges, points, root }: Lineage): z.output<typeof lineage> {
  return { root, nodes: points.map(presentPoint), edges: edges.map((edge) => ({ ...edge })) };
}

export function presentDatasetRow(row: DatasetRow): z.output<typeof datasetRow> {
  const { columns, inProduction, latest, name, rows, runs, sourceType, versions } = row;
  const { createdAt, digest, number } = latest;
  return {
    name,
    versions,
    latest: { number, digest, createdAt },
    sourceType,
    ...(rows !== undefined && { rows }),
    ...(columns !== undefined && { columns }),
    runs,
    inProduction: inProduction.map((one) => ({ ...one })),
  };
}

/** Raw texts of more characters are no reading matter. */
const RAW_LIMIT = 65_536;

export function presentDatasetVersion(
  nameOf: NameOf,
  { artifact, description }: DescribedVersion,
): z.output<typeof datasetVersion> {
  const { createdAt, createdBy, digest, manifest, name, number } = artifact;
  const { profile, schema, source = '', sourceType = '' } = description ?? {};
  return {
    name,
    number,
    digest,
    createdAt,
    createdBy: presentPerson(nameOf, createdBy),
    ...(manifest !== undefined && { manifest }),
    sourceType,
    source,
    columns: columnsOf(schema).map((column) => ({ ...column })),
    profile: profileFacts(profile).map((fact) => ({ ...fact })),
    ...(isShort(schema) && { schema }),
    ...(isShort(profile) && { profileText: profile }),
  };
}

function isShort(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text.length <= RAW_LIMIT;
}

type NodeJson = z.output<typeof lineageNode>;

function presentPoint({ key, moreDown, moreUp, thing }: LineagePoint): NodeJson {
  if (!thing) return { key, kind: 'hidden', title: '', subtitle: '', moreUp, moreDown };
  return { key, kind: thing.kind, ...titled(thing), moreUp, moreDown };
}

const DIGEST_SHOWN = 12;

function titled(thing: LineageThing): Pick<NodeJson, 'title' | 'subtitle' | 'href'> {
  switch (thing.kind) {
    case 'artifact': {
      const { digest, name, number, type } = thing.artifact;
      const href = PRODUCED_TYPES.some((one) => one === type) && {
        href: `/${type === 'dataset' ? 'd' : `artifacts/${type}`}/${encodeURIComponent(name)}/v/${number}`,
      };
      return { title: `${name}@v${number}`, subtitle: `${type} ${digest.slice(0, DIGEST_SHOWN)}`, ...href };
    }
    case 'run': {
      const { project, run } = thing;
      const isDeleted = run.deletedAt !== undefined;
      return {
        title: `${project.name} ${run.number}`,
        subtitle: isDeleted ? `${run.name} (deleted)` : run.name,
        href: `/p/${encodeURIComponent(project.id)}/runs/${run.number}`,
      };
    }
    case 'logged-model': {
      const { model, project } = thing;
      return { title: model.name, subtitle: `saved in ${project.name}` };
    }
    case 'version': {
      const { model, version } = thing;
      const aliases = [...model.aliases].filter(([, number]) => number === version.number);
      const held = [
        ...aliases.map(([alias]) => `@${alias}`),
        ...(version.stage === 'none' ? [] : [version.stage]),
      ];
      return {
        title: `${model.name} v${version.number}`,
        subtitle: held.join(', '),
        href: `/m/${encodeURIComponent(model.name)}/v/${version.number}`,
      };
    }
    case 'deployment': {
      const { deployment, model } = thing;
      const { number } = deployment.version;
      return {
        title: deployment.environment,
        subtitle: `${model.name} v${number}${deployment.endedAt === undefined ? '' : ' (ended)'}`,
        href: `/m/${encodeURIComponent(model.name)}/v/${number}`,
      };
    }
  }
  return thing satisfies never;
}
