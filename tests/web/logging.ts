import { createClient, type Client } from '#core/contract/client.ts';
import type { ProjectJson, RunJson } from '#core/contract/schemas.ts';

export interface LoggedProject {
  readonly client: Client;
  readonly project: ProjectJson;
  readonly runs: readonly RunJson[];
  /** The `$project` segment of its pages. */
  readonly segment: string;
}

/** 2026-03-01 00:00 UTC: everything that tests log happens then, so that pictures can be compared. */
export const START = 1_772_323_200_000;
const STEPS = 200;
const STEP_MS = 1000;

/** A project as a user's script would fill it: runs over a grid of `lr` and `width`, of which the last still runs. */
export async function logProject(origin: string, name: string, count: number): Promise<LoggedProject> {
  const client = createClient(origin);
  const project = await client.createProject({ body: { name } });
  await client.updateProject({
    params: { project: project.id },
    body: { objective: { metric: 'val/loss', direction: 'min', aggregate: 'min' } },
  });
  const runs: RunJson[] = [];
  for (let i = 0; i < count; i += 1) {
    // One after the other: their numbers are what the tests speak of.
    // oxlint-disable-next-line no-await-in-loop
    runs.push(await logRun(client, project.id, i, i < count - 1));
  }
  return { client, project, runs, segment: `${project.id}-${project.slug}` };
}

async function logRun(client: Client, project: string, i: number, isEnded: boolean): Promise<RunJson> {
  const lr = 1e-3 * 10 ** ((i % 3) / 2);
  const startedAt = START + i * 600_000;
  const run = await client.createRun({
    body: {
      project,
      name: `width-${32 << (i % 3)}`,
      startedAt,
      userId: 'ana',
      params: [
        { key: 'lr', value: Number(lr.toPrecision(1)) },
        { key: 'width', value: 32 << (i % 3) },
        { key: 'optimizer', value: 'adam' },
      ],
      tags: [{ key: 'team', value: '视觉' }],
    },
  });
  const params = { run: run.id };
  const curve = (from: number, to: number) => (step: number) =>
    to + (from - to) * Math.exp(-step / (30 + 7 * i)) + 0.01 * Math.sin(step * (i + 1));
  await client.logToRun({
    params,
    body: {
      points: [
        column('val/loss', startedAt, curve(2, 0.3 + 0.02 * i)),
        column('val/acc', startedAt, (step) => 1 - curve(0.9, 0.1 + 0.01 * i)(step)),
        column('train/loss', startedAt, curve(2.2, 0.2)),
      ],
      datasets: [
        { name: 'digits', digest: 'a1b2c3d4', sourceType: 'local', source: 'digits.csv', context: 'train' },
      ],
    },
  });
  if (!isEnded) return run;
  return client.updateRun({
    params,
    body: { status: 'finished', endedAt: startedAt + STEPS * STEP_MS },
  });
}

function column(metric: string, startedAt: number, value: (step: number) => number) {
  const steps = Array.from({ length: STEPS }, (_, step) => step);
  return {
    metric,
    steps,
    timesMicros: steps.map((step) => (startedAt + step * STEP_MS) * 1000),
    values: steps.map(value),
  };
}

export async function putText(client: Client, run: string, path: string, text: string): Promise<void> {
  await client.putRunFile({ params: { run }, query: { path }, body: new TextEncoder().encode(text) });
}
