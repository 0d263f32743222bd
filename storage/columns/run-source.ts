import type { ProjectId, RunId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import type { Reading } from '#core/query/subject.ts';
import type { Field } from '#core/query/syntax.ts';

/** Some fields of a run, in the order in which they were asked for. */
export interface ReadRun {
  readonly id: RunId;
  readonly isDeleted: boolean;
  readonly readings: readonly Reading[];
}

/** Where columns come from. Both see every commit whose event was published before the call. */
export interface RunSource {
  /**
   * Every run of a project, part by part, as `readField` reads it. What commits change meanwhile may be missing or be
   * as it was before or after them: the columns read these runs again. When it ends, the events of all that it saw are
   * published.
   */
  readRuns(project: ProjectId, fields: readonly Field[]): AsyncIterable<readonly ReadRun[]>;
  /** The runs that are there, in the order of the ids. */
  runs(ids: readonly RunId[]): Promise<readonly Run[]>;
}
