import { parseArgs } from 'node:util';
import { RawClient, rawPost } from './raw-client.ts';

// The load generator, a process of its own so that its CPU time is not the server's. It makes all bodies first, in the
// JSON that Python's client sends, then keeps `clients` requests in flight. Prints one JSON line.

const { values } = parseArgs({
  options: {
    origin: { type: 'string' },
    keys: { type: 'string' },
    steps: { type: 'string' },
    requests: { type: 'string' },
    clients: { type: 'string' },
    single: { type: 'boolean', default: false },
    key: { type: 'string' },
  },
});
/** Several servers of one store between commas: clients are spread over them. */
const origins = (values.origin ?? '').split(',');
const origin = origins[0] ?? '';
const [keys, steps, requests, clients] = [values.keys, values.steps, values.requests, values.clients].map(
  Number,
) as [number, number, number, number];
const headers = values.key === undefined ? [] : [`Authorization: Bearer ${values.key}`];
const connections = Array.from(
  { length: clients },
  (_, at) => new RawClient(origins[at % origins.length] ?? origin),
);

// One after another: an MLflow server refuses some of 64 at once, and that is not what is measured.
const runs: string[] = [];
for (const connection of connections) runs.push(await createRun(connection));
const path = `/api/2.0/mlflow/runs/${values.single ? 'log-metric' : 'log-batch'}`;
const bodies = Array.from({ length: requests }, (_, at) =>
  rawPost(origin, path, body(runs[at % clients] as string, Math.floor(at / clients) * steps), headers),
);
const times: number[] = [];
let failed = 0;
let next = 0;
const start = performance.now();
await Promise.all(
  connections.map(async (connection) => {
    for (let at = next++; at < requests; at = next++) {
      const before = performance.now();
      const { status } = await connection.send(bodies[at] as Buffer).catch(() => ({ status: 0 }));
      if (status === 200) times.push(performance.now() - before);
      else failed += 1;
    }
  }),
);
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, failed, times }));
for (const connection of connections) connection.close();

async function createRun(connection: RawClient): Promise<string> {
  const answer = await connection.send(
    rawPost(origin, '/api/2.0/mlflow/runs/create', '{"experiment_id": "0"}', headers),
  );
  if (answer.status !== 200) throw new Error(`no run to load: ${answer.status} ${answer.text}`);
  return (JSON.parse(answer.text) as { run: { info: { run_id: string } } }).run.info.run_id;
}

function body(run: string, base: number): string {
  const metric = (key: number, step: number): string =>
    `"key": "metric_${key}", "value": ${(Math.sin(key + step) * 0.5 + 0.5).toFixed(12)}, "timestamp": ${1_795_000_000_000 + base + step}, "step": ${base + step}`;
  if (values.single) return `{"run_uuid": "${run}", "run_id": "${run}", ${metric(0, 0)}}`;
  const metrics: string[] = [];
  for (let step = 0; step < steps; step += 1)
    for (let key = 0; key < keys; key += 1) metrics.push(`{${metric(key, step)}}`);
  return `{"run_uuid": "${run}", "run_id": "${run}", "metrics": [${metrics.join(', ')}]}`;
}
