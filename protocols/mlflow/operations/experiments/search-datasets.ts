import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { listDatasets } from '#core/tracking/runs/list-datasets.ts';
import { operation } from '../../operation.ts';
import { experimentOf, list, text } from '../../wire/fields.ts';
import { declaredList } from '../../wire/presence.ts';

const EXPERIMENT_LIMIT = 20;
const SUMMARY_LIMIT = 1000;

/** MLflow's own path lacks the slash after its version, so only its page calls it; that page calls this one. */
export const searchDatasets = operation({
  methods: ['POST'],
  path: '/mlflow/experiments/search-datasets',
  permission: 'run:read',
  request: z.object({ experiment_ids: list(text) }),
  async handle({ ports, principal }, { experiment_ids: ids }) {
    if (ids.length === 0) throw refusal('must specify at least one experiment_id');
    if (ids.length > EXPERIMENT_LIMIT) {
      throw refusal(
        `cannot specify more than ${EXPERIMENT_LIMIT} experiment_ids. Received ${ids.length} experiment_ids`,
      );
    }
    const uses = await listDatasets(ports, principal, {
      projects: ids.map(experimentOf),
      limit: SUMMARY_LIMIT,
    });
    const summaries = uses.map(({ project, ...use }) => ({ experiment_id: project, ...use }));
    return declaredList('dataset_summaries', summaries);
  },
});

function refusal(why: string): Fault {
  return new Fault('invalid', `SearchDatasets request ${why}.`, { field: 'experiment_ids' });
}
