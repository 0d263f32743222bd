import type { ModelId, RunId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { AT, commitOf, setTags, tagsOf } from '#storage/conformance/sample-changes.ts';
import {
  askPromotion,
  CHURN,
  createRegistered,
  decide,
  evaluate,
  PASSED,
  PRODUCTION,
  promote,
  registeredIdOf,
  registerVersion,
  stage,
  startDeployment,
  versionOf,
} from '#storage/conformance/sample-registry.ts';

/** One of everything that a registry can hold, of a run and a logged model that are there. */
export async function fillRegistry(
  { writer }: Pick<Store, 'writer'>,
  { run, loggedModel }: { readonly run: RunId; readonly loggedModel: ModelId },
): Promise<void> {
  const commit = async (...changes: readonly Change[]) => writer.commit(commitOf(changes, { at: AT + 9000 }));
  const modelTree = { owner: { kind: 'model', model: loggedModel }, folder: '' } as const;
  const runTree = { owner: { kind: 'run', run }, folder: 'reports' } as const;
  const approval = { role: 'admin', count: 1 } as const;
  await commit(
    createRegistered(1, 'churn 🎉', {
      description: 'who leaves',
      tags: tagsOf({ team: 'a', ['__proto__']: 'x' }),
    }),
    createRegistered(2, 'gone'),
    { kind: 'update-registered-model', model: CHURN, owner: 'ada' },
    {
      kind: 'declare-gates',
      model: CHURN,
      gates: [{ target: PRODUCTION, checks: [], approval }],
      reason: 'ö',
    },
  );
  await writer.commit(
    commitOf(
      [
        registerVersion(
          { run, loggedModel, objective: { metric: 'val/auc', direction: 'max' } as never },
          {
            tree: modelTree,
            tags: tagsOf({ [`key ${'ü'.repeat(300)}`]: 'long', plain: 'text' }),
          },
        ),
        registerVersion({ run, runLink: 'https://ci/1' }, { tree: runTree }),
        registerVersion(),
        registerVersion({}, { model: registeredIdOf(2) }),
      ],
      { once: 'versions', at: AT + 9000 },
    ),
  );
  await commit(
    askPromotion(1, 1, PRODUCTION),
    askPromotion(2, 2, PRODUCTION),
    decide(1, 'approved', 'looks good'),
    decide(2, 'rejected', 'no'),
    promote(1, PRODUCTION, { checks: [PASSED] }),
    promote(2, stage('staging')),
    promote(2),
    promote(3),
    askPromotion(3, 2),
    evaluate(1, [
      { value: -0, dataset: { name: 'holdout', digest: 'd1' }, samples: 12, run },
      { value: 0.1 + 0.2, dataset: { name: 'holdout' } },
      { metric: 'p95', value: 5e-324, environment: 'production', at: AT + 1 },
    ]),
    startDeployment(1, 1, { url: 'https://churn' }),
    startDeployment(2, 2),
    setTags(run, { 'cairn.evaluates': 'models:/churn 🎉@champion' }),
    { kind: 'update-version', version: versionOf(2), deprecated: { reason: 'old' } },
    { kind: 'delete-version', version: versionOf(3), reason: 'wrong' },
    { kind: 'delete-registered-model', model: registeredIdOf(2), reason: '' },
  );
}
