import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { findRun } from '#core/tracking/runs/find-run.ts';
import { logBatch } from '#core/tracking/runs/log-batch.ts';
import { parseJsonBody } from '#protocols/edge/json-body.ts';
import { operation } from '../../operation.ts';
import { runOf, runRef, nonEmpty } from '../../wire/fields.ts';

const HISTORY_TAG = 'mlflow.log-model.history';
const PARTS = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];

/** How clients before 3.0 say that a folder of the run is a model: each call is one more entry of a tag. */
export const logModel = operation({
  methods: ['POST'],
  path: '/mlflow/runs/log-model',
  permission: 'run:write',
  request: z.object({ ...runRef, model_json: nonEmpty }),
  async handle({ ports, principal }, request) {
    const run = await findRun(ports, principal, { run: runOf(request), permission: 'run:write' });
    const model = parseModel(request.model_json);
    const history = [...knownHistory(run.tags.get(HISTORY_TAG)), model];
    await logBatch(ports, principal, {
      run: run.id,
      tags: [{ key: HISTORY_TAG, value: JSON.stringify(history) }],
    });
    return {};
  },
});

/** The tag is the client's as well: what is no list there is replaced. */
function knownHistory(tag: string | undefined): unknown[] {
  try {
    const known = JSON.parse(tag ?? '[]') as unknown;
    return Array.isArray(known) ? known : [];
  } catch {
    return [];
  }
}

function parseModel(json: string): object {
  const model = parseJsonBody(Buffer.from(json), 'Malformed model info: model_json');
  if (typeof model !== 'object' || model === null)
    throw new Fault('invalid', 'Malformed model info.', { field: 'model_json' });
  const absent = PARTS.filter((part) => !(part in model));
  if (absent.length > 0) {
    throw new Fault('invalid', `Model json is missing mandatory fields: ${absent.join(', ')}`, {
      field: 'model_json',
    });
  }
  return model;
}
