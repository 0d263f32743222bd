import type { ProjectId } from '#core/domain/ids.ts';
import type { LoggedModel, ModelMetric } from '#core/domain/logged-model.ts';
import {
  compareModels,
  compareModelsBy,
  matchesModel,
  parseModelFilter,
  parseModelOrder,
} from '#core/query/subjects/model.ts';
import type { Principal } from '../access/principal.ts';
import { pageAfter, type Page } from '../page.ts';
import type { Ports } from '../ports/ports.ts';
import { readableProjects } from '../projects/search-projects.ts';

/** A dataset that metrics must have been measured on; without a digest any of that name. */
export interface MeasuredOn {
  readonly name: string;
  readonly digest?: string;
}

export interface SearchModels {
  readonly projects: readonly ProjectId[];
  readonly filter: string;
  /** Restricts metric clauses, and with it the result, to models measured on one of these. */
  readonly datasets?: readonly MeasuredOn[];
  /** `creation_time DESC`, `metrics.accuracy ASC` …, a metric also as measured on one dataset; empty: newest first. */
  readonly order: readonly (string | OrderOn)[];
  readonly limit: number;
  /** Good for the same search alone. */
  readonly cursor?: string;
}

/** An order by what was measured on one dataset. */
export interface OrderOn {
  readonly order: string;
  readonly on: MeasuredOn;
}

/** Logged models of the projects that the principal may read. @throws Fault `invalid` with the position in the filter. */
export async function searchModels(
  ports: Pick<Ports, 'catalog'>,
  principal: Principal,
  ask: SearchModels,
): Promise<Page<LoggedModel>> {
  const filter = parseModelFilter(ask.filter);
  const order = comparing(ask.order);
  const projects = await readableProjects(ports, principal, ask.projects);
  const models = projects.length === 0 ? [] : await ports.catalog.models(projects);
  const found = models
    .filter((model) => matchesModel(filter, measuredOn(model, ask.datasets)))
    .filter((model) => !ask.datasets?.length || measuredOn(model, ask.datasets).metrics.length > 0)
    .toSorted(order);
  const query = JSON.stringify([ask.projects, ask.filter, ask.datasets ?? [], ask.order]);
  return pageAfter(found, { limit: ask.limit, cursor: ask.cursor, idOf: (model) => model.id, query });
}

/** Term by term, each on its dataset, then the newest first. */
function comparing(order: SearchModels['order']): (a: LoggedModel, b: LoggedModel) => number {
  parseModelOrder(order.filter((term) => typeof term === 'string'));
  const steps = order.map((term) => {
    if (typeof term === 'string') return compareModelsBy(parseModelOrder([term]));
    const compare = compareModelsBy(parseModelOrder([term.order]));
    const on = [term.on];
    return (a: LoggedModel, b: LoggedModel) => compare(measuredOn(a, on), measuredOn(b, on));
  });
  const newestFirst = compareModels([]);
  return (a, b) => {
    for (const step of steps) {
      const result = step(a, b);
      if (result !== 0) return result;
    }
    return newestFirst(a, b);
  };
}

/** The model with only the metrics that were measured on one of the datasets. */
function measuredOn(model: LoggedModel, datasets: readonly MeasuredOn[] | undefined): LoggedModel {
  if (!datasets?.length) return model;
  const fits = ({ owner }: ModelMetric): boolean =>
    datasets.some(
      (wanted) =>
        owner.dataset?.name === wanted.name &&
        (wanted.digest === undefined || owner.dataset.digest === wanted.digest),
    );
  return { ...model, metrics: model.metrics.filter(fits) };
}
