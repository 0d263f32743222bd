import { DEVELOPMENT } from '#core/domain/evaluation.ts';
import type { Check, CheckResult } from '#core/domain/gate.ts';
import type { Direction } from '#core/domain/project.ts';
import { figuresOf, type Figure } from '../../evaluations/figures.ts';
import { noOther, type GateContext, type GateNeeds } from '../gate-context.ts';

type MetricCheck = Extract<Check, { kind: 'metric' }>;
interface Wanted {
  readonly metric: string;
  readonly direction: Direction;
}

/** At least as good as the holder on the same dataset version, and within the bound. Figures come from everybody's runs: a gate sees all. */
export async function checkMetric(
  ports: GateNeeds,
  context: GateContext,
  check: MetricCheck,
): Promise<CheckResult> {
  const wanted = wantedOf(context, check);
  if (typeof wanted === 'string') return { kind: 'metric', isPassed: false, detail: wanted };
  const { version, holder } = context;
  const [own = [], held = []] = await figuresOf(ports, holder ? [version, holder] : [version], () => true);
  const mine = comparable(own, wanted, check);
  const say = (isPassed: boolean, detail: string): CheckResult => ({ kind: 'metric', isPassed, detail });

  const theirs = comparable(held, wanted, check);
  const shared = mine.find(({ dataset }) => theirs.some((one) => isSameDataset(one.dataset, dataset)));
  // The bound is asked of the very figure that is compared.
  const figure = holder ? shared : mine[0];
  if (figure && check.bound !== undefined && isWorse(figure.value, check.bound, wanted.direction)) {
    return say(false, `${await told(ports, context, figure)} misses the bound ${check.bound}`);
  }
  if (!holder) {
    if (check.bound === undefined) {
      return say(true, noOther(context));
    }
    if (!figure) return say(false, `${wanted.metric} was not measured${onDataset(check)}`);
    return say(true, `${await told(ports, context, figure)}, bound ${check.bound}`);
  }
  const other = figure && theirs.find(({ dataset }) => isSameDataset(dataset, figure.dataset));
  if (figure && other) {
    const limit = check.tolerance ?? 0;
    const allowed = wanted.direction === 'max' ? other.value - limit : other.value + limit;
    const margin = limit > 0 ? `, tolerance ${limit}` : '';
    const detail = `${await told(ports, context, figure)}, v${holder.number} has ${shown(other.value)}${margin}`;
    return say(!isWorse(figure.value, allowed, wanted.direction), detail);
  }
  const mineOn = await datasetsOf(ports, context, mine);
  const theirsOn = await datasetsOf(ports, context, theirs);
  return say(
    false,
    `${wanted.metric} was not measured on the same dataset version: v${version.number} on ${mineOn}, v${holder.number} on ${theirsOn}; cairn evaluate … --dataset name@digest says so of either`,
  );
}

function wantedOf({ version }: GateContext, check: MetricCheck): Wanted | string {
  const { objective } = version;
  const metric = check.metric ?? objective?.metric;
  if (metric === undefined) return 'the version has no objective, and the gate names no metric';
  if (check.metric === undefined && objective?.origin === 'inferred') {
    return `the objective ${objective.direction} ${metric} was only inferred: declare it, or name the metric in the gate`;
  }
  const direction = check.direction ?? (objective?.metric === metric ? objective.direction : undefined);
  return direction === undefined
    ? `the gate does not say whether more or less ${metric} is better`
    : { metric, direction };
}

/** Development figures with a dataset, newest first. */
function comparable(
  figures: readonly Figure[],
  { metric }: Wanted,
  { dataset }: MetricCheck,
): readonly Figure[] {
  return figures.filter(
    (figure) =>
      figure.metric === metric &&
      figure.environment === DEVELOPMENT &&
      figure.dataset !== undefined &&
      (dataset === undefined || figure.dataset.name === dataset),
  );
}

function isSameDataset(a: Figure['dataset'], b: Figure['dataset']): boolean {
  return a?.digest !== undefined && a.name === b?.name && a.digest === b.digest;
}

function isWorse(value: number, than: number, direction: Direction): boolean {
  return direction === 'max' ? value < than : value > than;
}

function onDataset({ dataset }: MetricCheck): string {
  return dataset === undefined ? ' on any dataset' : ` on the dataset ${dataset}`;
}

async function told(ports: GateNeeds, context: GateContext, figure: Figure): Promise<string> {
  return `${figure.metric} ${shown(figure.value)} on ${await datasetName(ports, context, figure.dataset)}`;
}

async function datasetsOf(
  ports: GateNeeds,
  context: GateContext,
  figures: readonly Figure[],
): Promise<string> {
  const names = new Set<string>();
  for (const { dataset } of figures) names.add(await datasetName(ports, context, dataset));
  return names.size === 0 ? 'none' : [...names].join(', ');
}

/** `holdout@v3`, or with the digest when the version is not known. */
async function datasetName(
  { registry }: GateNeeds,
  { model }: GateContext,
  dataset: Figure['dataset'],
): Promise<string> {
  if (!dataset) return 'no dataset';
  const { name, digest } = dataset;
  if (digest === undefined) return name;
  const known = await registry.artifactVersion({ workspace: model.workspace, type: 'dataset', name, digest });
  return known ? `${name}@v${known.number}` : `${name} (${digest})`;
}

/** At most six digits that count. */
function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
