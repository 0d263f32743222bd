// Where things are. A project's slug is decoration and stands only after decimal ids; any other id stands alone.

export interface ProjectAddress {
  readonly id: string;
  readonly slug: string;
}

/** The `$project` segment of a page URL: `3-digits`. */
export function projectSegment({ id, slug }: ProjectAddress): string {
  return /^\d+$/.test(id) && slug !== '' ? `${id}-${slug}` : id;
}

/** The project id of such a segment. */
export function projectOfSegment(segment: string): string {
  return /^(\d+)-/.exec(segment)?.[1] ?? segment;
}

export function boardHref(project: ProjectAddress): string {
  return `/p/${encodeURIComponent(projectSegment(project))}/runs`;
}

export function runHref(project: ProjectAddress, number: number): string {
  return `${boardHref(project)}/${number}`;
}
