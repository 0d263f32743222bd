import { Fault } from '#core/domain/fault.ts';
import { runId, type RunId } from '#core/domain/ids.ts';
import { missingParameter } from './read-request.ts';

const RUN_LIMIT = 100;

/**
 * The runs that a history of many names, in lexical order as MLflow answers them. What cannot be a run's id is left out
 * like a run that is not there.
 * @param field what the list is called in the request.
 * @throws Fault `invalid` without one or beyond 100.
 */
export function bulkRunsOf(field: string, ids: readonly string[]): RunId[] {
  if (ids.length === 0) throw missingParameter(field);
  if (ids.length > RUN_LIMIT) {
    throw new Fault(
      'invalid',
      `A history of many runs cannot specify more than ${RUN_LIMIT} ${field}. Received ${ids.length} ${field}.`,
      { field },
    );
  }
  return ids
    .filter((id) => /^[0-9a-f]{32}$/.test(id))
    .map(runId)
    .toSorted();
}
