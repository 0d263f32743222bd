import type { RunId } from '#core/domain/ids.ts';
import { objectiveOf, type Objective } from '#core/domain/project.ts';
import type { ModelVersion, RegisteredModel } from '#core/domain/registry.ts';
import type { Run } from '#core/domain/run.ts';
import type { Principal } from '../access/principal.ts';
import type { Ports } from '../ports/ports.ts';
import { figuresOf, objectiveFigures, type Figure } from '../evaluations/figures.ts';
import type { FoundVersion } from '../registry/find-version.ts';
import { DatasetNumbers, runChip, type DataChip, type RunChip } from './chips.ts';
import { sightOf, type Sight } from './sight.ts';

/** A figure as it may be shown: with the number of the dataset version, without a run that may not be read. */
export type ShownFigure = Omit<Figure, 'dataset'> & {
  readonly dataset?: { readonly name: string; readonly digest?: string; readonly number?: number };
};

/** A version as a row of a table. */
export interface VersionRow {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
  readonly aliases: readonly string[];
  readonly objective?: Objective;
  readonly dev?: ShownFigure;
  readonly prod?: ShownFigure;
  /** Every figure that is known, newest first; `showFigures` makes them fit to be shown. */
  readonly figures: readonly Figure[];
  readonly data: readonly DataChip[];
  /** The run that made it, if there is one that may be read. */
  readonly run?: Run;
  readonly chip?: RunChip;
  readonly files?: number;
  readonly sizeBytes?: number;
}

type Needs = Pick<Ports, 'registry' | 'catalog'>;

/** Rows in the order of the versions; what of a version's origin may not be read is left out. */
export async function versionRows(
  ports: Needs,
  sight: Sight,
  asked: readonly { readonly model: RegisteredModel; readonly version: ModelVersion }[],
): Promise<readonly VersionRow[]> {
  if (asked.length === 0) return [];
  const numbers = new DatasetNumbers(ports, sight.workspace);
  const versions = asked.map(({ version }) => version);
  const figures = await figuresOf(ports, versions, sight.sees);
  return Promise.all(
    asked.map(async ({ model, version }, at): Promise<VersionRow> => {
      const run = await visibleRun(ports, sight, version.run);
      const objective = objectiveFor(sight, { model, version, run });
      const all = figures[at] ?? [];
      const { dev, prod } = objectiveFigures(objective, all);
      const [data, size, [shownDev], [shownProd]] = await Promise.all([
        run ? numbers.chips(run) : [],
        version.manifest && ports.registry.manifestSize(version.manifest),
        showFigures(ports, sight, { numbers, figures: dev ? [dev] : [] }),
        showFigures(ports, sight, { numbers, figures: prod ? [prod] : [] }),
      ]);
      const chip = run && runChip(sight, run);
      const aliases = [...model.aliases].filter(([, number]) => number === version.number);
      return {
        model,
        version,
        aliases: aliases.map(([alias]) => alias).toSorted(),
        ...(objective && { objective }),
        ...(shownDev && { dev: shownDev }),
        ...(shownProd && { prod: shownProd }),
        figures: all,
        data,
        ...(run && { run }),
        ...(chip && { chip }),
        ...(size && { files: size.files, sizeBytes: size.bytes }),
      };
    }),
  );
}

/** The row of one version that was found already. */
export async function versionRowOf(
  ports: Needs,
  principal: Principal,
  found: FoundVersion,
): Promise<VersionRow> {
  const [row] = await versionRows(ports, await sightOf(ports, principal, found.model.workspace), [found]);
  if (!row) throw new TypeError('One version makes one row.');
  return row;
}

/** The run of an id, unless it is gone or may not be read. */
export async function visibleRun(
  ports: Pick<Ports, 'catalog'>,
  { sees }: Sight,
  id: RunId | undefined,
): Promise<Run | undefined> {
  const run = id && (await ports.catalog.run(id));
  return run && sees(run) ? run : undefined;
}

/** Figures as they may be shown, in their order. */
export async function showFigures(
  ports: Needs,
  sight: Sight,
  ask: { readonly numbers: DatasetNumbers; readonly figures: readonly Figure[] },
): Promise<readonly ShownFigure[]> {
  return Promise.all(
    ask.figures.map(async ({ dataset, run, ...figure }): Promise<ShownFigure> => {
      // What a run says was taken only from runs that may be read; an evaluation may name any.
      const isShown = run && (figure.from !== 'evaluation' || (await visibleRun(ports, sight, run)));
      const number = dataset?.digest && (await ask.numbers.of(dataset.name, dataset.digest));
      return {
        ...figure,
        ...(dataset && { dataset: { ...dataset, ...(number && { number }) } }),
        ...(isShown && { run }),
      };
    }),
  );
}

/** What was optimised: as the version kept it, else what its project says now, else what the names of its metrics suggest. */
function objectiveFor(
  { projects }: Sight,
  of: { readonly model: RegisteredModel; readonly version: ModelVersion; readonly run: Run | undefined },
): Objective | undefined {
  const { model, version, run } = of;
  if (version.objective) return version.objective;
  const home = run?.project ?? model.project;
  const project = home && projects.get(home);
  return project && objectiveOf(project, run?.metrics.keys() ?? []);
}
