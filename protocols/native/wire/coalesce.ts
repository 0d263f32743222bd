import type { LiveEvent } from '#core/contract/live.ts';
import type { CommitEvent } from '#core/tracking/ports/writer.ts';

/** What a page can see. */
export interface Watched {
  /** Home sees document changes of every run, and points of running ones through their summaries. */
  readonly home: boolean;
  readonly projects: ReadonlySet<string>;
  readonly runs: ReadonlySet<string>;
  /** Registered models with all that is theirs; home shows what is in production. */
  readonly registry?: boolean;
}

/** Commits in order, as one message about what the page sees; undefined when it sees none of it. */
export function coalesce(
  events: readonly CommitEvent[],
  watched: Watched,
): Extract<LiveEvent, { kind: 'changed' }> | undefined {
  const projects = new Set<string>();
  const registered = new Set<string>();
  const runs = new Map<string, { project: string; isDocument: boolean; metrics: Set<string> }>();
  for (const event of events) {
    for (const project of event.projects) {
      if (watched.home || watched.projects.has(project)) projects.add(project);
    }
    if (watched.home || watched.registry === true)
      for (const model of event.registered ?? []) registered.add(model);
    // Whose runs a page watches alone is known to the page.
    if (watched.runs.size > 0) for (const project of event.wholeProjects ?? []) projects.add(project);
    for (const touched of event.runs) {
      if (!watched.home && !watched.projects.has(touched.project) && !watched.runs.has(touched.run)) continue;
      const known = runs.get(touched.run) ?? {
        project: touched.project,
        isDocument: false,
        metrics: new Set<string>(),
      };
      known.isDocument ||= touched.isDocument;
      for (const metric of touched.metrics) known.metrics.add(metric);
      runs.set(touched.run, known);
    }
  }
  if (projects.size === 0 && runs.size === 0 && registered.size === 0) return undefined;
  return {
    kind: 'changed',
    cursor: String(events.at(-1)?.sequence ?? 0),
    projects: [...projects],
    runs: [...runs].map(([run, { project, isDocument, metrics }]) => ({
      run,
      project,
      isDocument,
      metrics: [...metrics],
    })),
    ...(registered.size > 0 && { registered: [...registered] }),
  };
}
