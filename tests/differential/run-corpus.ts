import { rawRequest } from '../clients/raw-request.ts';
import { normalise, type Normal } from './normalise.ts';
import type { Step } from './step.ts';

/** Sends every step to one server, in order, and returns the answers by the steps' names. */
export async function runCorpus(origin: string, steps: readonly Step[]): Promise<Map<string, Normal>> {
  const kept = new Map<string, string>();
  const answers = new Map<string, Normal>();
  for (const { name, method, path, body, type, keep } of steps) {
    if (answers.has(name)) throw new Error(`Two steps are named '${name}'.`);
    const sent =
      body === undefined
        ? {}
        : { body: filled(typeof body === 'string' ? body : JSON.stringify(body), kept) };
    const answer = await rawRequest(origin, method, filled(path, kept), {
      ...sent,
      ...(type !== undefined && { type }),
    });
    for (const [variable, find] of Object.entries(keep ?? {})) {
      if (answer.status === 200) kept.set(variable, find(answer.json));
    }
    answers.set(name, normalise(answer, kept));
  }
  return answers;
}

function filled(text: string, kept: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => kept.get(name) ?? whole);
}
