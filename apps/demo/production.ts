import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { PIXELS, pick, type Split } from './digits.ts';
import { seededRandom, shuffled } from './random.ts';
import { METRIC, MODEL, type Api } from './release.ts';
import { worn } from './wear.ts';

/** Requests of one tick. */
const SAMPLES = 120;
/** How worn digits get: nine of ten are still recognised. */
const WORST = 0.2;
/** Ticks until the camera is as bad as it gets. */
const AGEING = 60;
const ENVIRONMENT = 'production';
/** After so many ticks it goes on at a calmer pace. */
const LIVELY = 120;
const CALM_MS = 30_000;

export interface ProductionOptions {
  readonly server: string;
  readonly tickMs: number;
  /** Infinity: until the process is ended. */
  readonly ticks: number;
}

/**
 * Serves what is in production in its own process, sends it held-out digits that wear as time goes on, and records how many it
 * recognised: what the pages then call production was measured.
 */
export async function runInProduction(api: Api, split: Split, options: ProductionOptions): Promise<void> {
  const served = spawn(
    process.execPath,
    [join(import.meta.dirname, 'serve.ts'), '--server', options.server],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const end = (): void => void served.kill();
  process.once('exit', end);
  try {
    const url = await firstLine(served);
    console.log(`In production at ${url}, where digits wear as time goes on. Ctrl C ends it.`);
    await scoreAll(api, split, { ...options, url });
  } finally {
    process.removeListener('exit', end);
    served.kill();
  }
}

async function scoreAll(
  api: Api,
  split: Split,
  { url, tickMs, ticks }: ProductionOptions & { readonly url: string },
): Promise<void> {
  let running: { readonly version: number; readonly deployment: string } | undefined;
  for (let tick = 0; tick < ticks; tick += 1) {
    const { version, accuracy } = await score(url, split, tick);
    if (running?.version !== version) {
      const body = { version: String(version), environment: ENVIRONMENT, url };
      const { id } = await api.startDeployment({ params: { model: MODEL }, body });
      running = { version, deployment: id };
    }
    const evaluations = [
      {
        metric: METRIC,
        value: accuracy,
        environment: ENVIRONMENT,
        samples: SAMPLES,
        dataset: { name: 'digits as they come' },
      },
    ];
    await api.recordEvaluations({
      params: { model: MODEL, version: String(version) },
      body: { evaluations, isRoutine: true },
    });
    await pause(tick < LIVELY ? tickMs : Math.max(tickMs, CALM_MS));
  }
  if (running) await api.endDeployment({ params: { deployment: running.deployment }, body: {} });
}

/** Which share of some digits, worn by now, the served model recognises, and which version answered. */
async function score(
  url: string,
  { held }: Split,
  tick: number,
): Promise<{ readonly version: number; readonly accuracy: number }> {
  const rows = shuffled(held.count, seededRandom(tick + 1)).subarray(0, SAMPLES);
  const sample = worn(pick(held, rows), WORST * Math.min(1, tick / AGEING));
  const images = Array.from({ length: sample.count }, (_, row) => [
    ...sample.images.subarray(row * PIXELS, (row + 1) * PIXELS),
  ]);
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ images }) });
  if (!answer.ok) throw new Error(`The served model answers ${answer.status}: ${await answer.text()}`);
  const { version, digits } = (await answer.json()) as { version: number; digits: number[] };
  const right = digits.filter((digit, row) => digit === sample.labels[row]).length;
  return { version, accuracy: right / sample.count };
}

/** @throws Error when the process ends before it says one. */
async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout) for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('The serving process ended before it served.');
}
