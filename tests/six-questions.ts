import { join } from 'node:path';
import { runPython, type PythonClient } from './python.ts';

/** What the script knows, and Cairn must answer. */
export interface Facts {
  readonly project: string;
  readonly metric: string;
  /** Accuracy of the best run in development. */
  readonly best: number;
  readonly bestRun: string;
  readonly bestC: string;
  /** Number of the version in production. */
  readonly version: number;
  /** Its accuracy there. */
  readonly production: number;
  /** The run that trains now. */
  readonly live: string;
}

/** Fills a server by an unmodified MLflow client as a team would in a month. @throws Error with what the script said. */
export async function spendAMonth(origin: string, client: PythonClient = 'mlflow3'): Promise<Facts> {
  const script = join(import.meta.dirname, 'clients', 'scripts', 'six_questions.py');
  const env = { MLFLOW_TRACKING_URI: origin, MLFLOW_DISABLE_TELEMETRY: 'true' };
  const { code, stdout, stderr } = await runPython(client, script, env);
  if (code !== 0)
    throw new Error(`six_questions.py ended with ${code}:\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Facts;
}
