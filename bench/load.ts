import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';

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
  },
});
const origin = values.origin ?? '';
const [keys, steps, requests, clients] = [values.keys, values.steps, values.requests, values.clients].map(
  Number,
) as [number, number, number, number];
const agent = new Agent({ keepAlive: true, maxSockets: clients });

const runs = await Promise.all(Array.from({ length: clients }, createRun));
const bodies = Array.from({ length: requests }, (_, at) =>
  body(runs[at % clients] as string, Math.floor(at / clients) * steps),
);
const path = `/api/2.0/mlflow/runs/${values.single ? 'log-metric' : 'log-batch'}`;
const times: number[] = [];
let failed = 0;
let next = 0;
const start = performance.now();
await Promise.all(
  Array.from({ length: clients }, async () => {
    for (let at = next++; at < requests; at = next++) {
      const before = performance.now();
      const { status } = await post(path, bodies[at] as string).catch(() => ({ status: 0 }));
      if (status === 200) times.push(performance.now() - before);
      else failed += 1;
    }
  }),
);
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, failed, times }));
agent.destroy();

async function createRun(): Promise<string> {
  const answer = await post('/api/2.0/mlflow/runs/create', '{"experiment_id": "0"}');
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

function post(where: string, text: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const sending = request(origin + where, { method: 'POST', agent, headers }, (answer) => {
      let received = '';
      answer.setEncoding('utf8').on('data', (part: string) => (received += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: received }));
    });
    sending.on('error', reject);
    sending.end(text);
  });
}
