import type { z } from 'zod';
import type { registryEndpoints } from '#core/contract/registry-endpoints.ts';
import type { gate } from '#core/contract/registry-schemas.ts';
import type { Check, Gate } from '#core/domain/gate.ts';
import { runId } from '#core/domain/ids.ts';
import type { NewEvaluation } from '#core/tracking/evaluations/record-evaluations.ts';

type SentGate = z.output<typeof gate>;
type SentEvaluation = z.output<
  (typeof registryEndpoints)['recordEvaluations']['body']
>['evaluations'][number];

/** What a zod object leaves undefined is absent in the domain. */
type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

export function gatesOf(sent: readonly SentGate[]): Gate[] {
  return sent.map(({ approval, checks, target }) => ({
    target,
    checks: checks.map(checkOf),
    ...(approval && { approval }),
  }));
}

export function evaluationOf({ dataset, run, ...rest }: SentEvaluation): NewEvaluation {
  return {
    ...present(rest),
    ...(dataset && { dataset: present(dataset) }),
    ...(run !== undefined && { run: runId(run) }),
  };
}

function checkOf(check: SentGate['checks'][number]): Check {
  return check.kind === 'tags' ? { ...check, tags: check.tags.map(present) } : present(check);
}

function present<Value extends object>(value: Value): Present<Value> {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members) as Present<Value>;
}
