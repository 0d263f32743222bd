import type { Project } from '#core/domain/project.ts';
import { matches } from '../evaluate.ts';
import { compareBy, parseOrder } from '../order.ts';
import { parseFilter } from '../parse.ts';
import { readField } from '../subject.ts';
import type { Vocabulary } from '../subject.ts';
import type { Filter, OrderTerm } from '../syntax.ts';

/** What a search of projects may ask; times are ms. */
export const PROJECT_VOCABULARY: Vocabulary<Project> = {
  entities: {
    attribute: {
      keys: {
        project_id: { type: 'scalar', aliases: ['experiment_id', 'id'], read: (project) => project.id },
        name: { type: 'text', read: (project) => project.name },
        created: { type: 'number', aliases: ['creation_time'], read: (project) => project.createdAt },
        updated: { type: 'number', aliases: ['last_update_time'], read: (project) => project.updatedAt },
        artifact_location: { type: 'text', read: (project) => project.artifactLocation },
      },
    },
    tag: { type: 'text', read: (project, key) => project.tags.get(key) },
  },
};

const NEWEST_FIRST = parseOrder(['created DESC', 'project_id'], PROJECT_VOCABULARY);

/** @throws Fault `invalid` with the zero-based `position` of the mistake. The empty text asks for all projects. */
export function parseProjectFilter(text: string): Filter {
  return parseFilter(text, PROJECT_VOCABULARY);
}

/** @throws Fault `invalid` when a text is not understood or a field comes twice. */
export function parseProjectOrder(texts: readonly string[]): OrderTerm[] {
  return parseOrder(texts, PROJECT_VOCABULARY);
}

export function matchesProject(filter: Filter, project: Project): boolean {
  return matches(filter, (field) => readField(PROJECT_VOCABULARY, project, field));
}

/** Orders projects by the terms, then the newest first, then by id: a total order. */
export function compareProjects(order: readonly OrderTerm[]): (a: Project, b: Project) => number {
  return compareBy([...order, ...NEWEST_FIRST], PROJECT_VOCABULARY);
}
