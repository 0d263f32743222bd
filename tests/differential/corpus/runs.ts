import { each, get, post, type Step } from '../step.ts';

interface Created {
  readonly run: { readonly info: { readonly run_id: string } };
}
const keepRun = (name: string) => ({ keep: { [name]: ({ run }: Created) => run.info.run_id } });
const NOBODY = '0'.repeat(32);

export const runs: readonly Step[] = [
  post(
    'create',
    'runs/create',
    {
      experiment_id: '{exp}',
      user_id: 'ana',
      run_name: 'one',
      start_time: 1000,
      tags: [{ key: 'a', value: '1' }],
    },
    keepRun('run'),
  ),
  get('what was created', 'runs/get?run_id={run}'),
  get('by run_uuid', 'runs/get?run_uuid={run}'),
  post(
    'create with the name in a tag',
    'runs/create',
    { experiment_id: '{exp}', start_time: 2000, tags: [{ key: 'mlflow.runName', value: 'two' }] },
    keepRun('two'),
  ),
  get('what was named by a tag', 'runs/get?run_id={two}'),
  post('create with two names', 'runs/create', {
    experiment_id: '{tagged}',
    run_name: 'a',
    tags: [{ key: 'mlflow.runName', value: 'b' }],
  }),
  post(
    'create with one name twice',
    'runs/create',
    {
      experiment_id: '{exp}',
      start_time: 3000,
      run_name: 'same',
      tags: [{ key: 'mlflow.runName', value: 'same' }],
    },
    keepRun('three'),
  ),
  post(
    'create with a number for an experiment',
    'runs/create',
    { experiment_id: 0, start_time: 5, run_name: 'n' },
    keepRun('four'),
  ),
  ...each(['999999', 'abc', '', null], (experiment_id) =>
    post('create in the experiment', 'runs/create', { experiment_id, run_name: 'x', start_time: 1 }),
  ),
  ...each(['x', -1, 1.5, '1000', 2 ** 62], (start_time) =>
    post(
      'create at the time',
      'runs/create',
      { experiment_id: '{tagged}', run_name: 'at', start_time },
      keepRun('timed'),
    ),
  ),
  post('create with tags that are none', 'runs/create', {
    experiment_id: '{tagged}',
    start_time: 1,
    run_name: 'x',
    tags: 'none',
  }),
  post(
    'create with a tag without a key',
    'runs/create',
    { experiment_id: '{tagged}', run_name: 'keyless', start_time: 1, tags: [{ value: 'x' }] },
    keepRun('keyless'),
  ),
  post(
    'create with what nobody knows',
    'runs/create',
    { experiment_id: '{tagged}', run_name: 'unknown field', start_time: 1, colour: 'red' },
    keepRun('coloured'),
  ),
  ...each([NOBODY, 'abc', '', '{run}x'], (id) => get('get the id', `runs/get?run_id=${id}`)),
  get('get without an id', 'runs/get'),
  post('rename', 'runs/update', { run_id: '{run}', run_name: 'renamed' }),
  get('what was renamed', 'runs/get?run_id={run}'),
  post('rename by a tag', 'runs/set-tag', { run_id: '{run}', key: 'mlflow.runName', value: 'by tag' }),
  get('what was renamed by a tag', 'runs/get?run_id={run}'),
  ...each(['FINISHED', 'FAILED', 'KILLED', 'SCHEDULED', 'RUNNING', 3, '3', 'NONSENSE', 99, null], (status) =>
    post('update to the status', 'runs/update', { run_id: '{run}', status, end_time: 5000 }),
  ),
  get('after all statuses', 'runs/get?run_id={run}'),
  post('end', 'runs/update', { run_id: '{two}', status: 'FINISHED', end_time: 4000 }),
  post('update nothing', 'runs/update', { run_id: '{two}' }),
  post('update nobody', 'runs/update', { run_id: NOBODY, status: 'FINISHED' }),
  post('update without an id', 'runs/update', { status: 'FINISHED' }),
  post('update by run_uuid', 'runs/update', { run_uuid: '{two}', status: 'FINISHED', end_time: 4001 }),
  post('delete', 'runs/delete', { run_id: '{three}' }),
  post('delete again', 'runs/delete', { run_id: '{three}' }),
  get('get what is deleted', 'runs/get?run_id={three}'),
  post('log to what is deleted', 'runs/log-metric', { run_id: '{three}', key: 'm', value: 1, timestamp: 1 }),
  post('a param of what is deleted', 'runs/log-parameter', { run_id: '{three}', key: 'p', value: '1' }),
  post('a tag of what is deleted', 'runs/set-tag', { run_id: '{three}', key: 't', value: '1' }),
  post('a batch to what is deleted', 'runs/log-batch', {
    run_id: '{three}',
    metrics: [{ key: 'm', value: 1, timestamp: 1, step: 0 }],
  }),
  post('update what is deleted', 'runs/update', { run_id: '{three}', status: 'FINISHED' }),
  post('restore', 'runs/restore', { run_id: '{three}' }),
  post('restore again', 'runs/restore', { run_id: '{three}' }),
  get('what was restored', 'runs/get?run_id={three}'),
  post('delete nobody', 'runs/delete', { run_id: NOBODY }),
  post('restore nobody', 'runs/restore', { run_id: NOBODY }),
  post('delete without an id', 'runs/delete', {}),
];
