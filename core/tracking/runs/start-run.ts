import { Fault } from '#core/domain/fault.ts';
import type { ProjectId, RunId } from '#core/domain/ids.ts';
import { assertName, assertText } from '#core/domain/names.ts';
import type { Run, RunStatus } from '#core/domain/run.ts';
import { actorOf, type Principal } from '../access/principal.ts';
import { assertMayEvaluate } from '../evaluations/assert-may-evaluate.ts';
import { runArtifactUri } from '../files/artifact-uri.ts';
import type { Change, NewParam, Tag } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';
import { findProject } from '../projects/find-project.ts';

/** The tag that mirrors a run's name on every wire. */
export const RUN_NAME_TAG = 'mlflow.runName';

export interface StartRun {
  readonly project: ProjectId;
  readonly wire: string;
  /** A client that makes the id may repeat the request: the run it made is the answer. */
  readonly id?: RunId;
  readonly name?: string;
  readonly status?: RunStatus;
  readonly userId?: string;
  readonly startedAt?: number;
  readonly params?: readonly NewParam[];
  readonly tags?: readonly Tag[];
}

/** @throws Fault `not_found` (project), `forbidden`, `invalid` (deleted project, names), `conflict` when the id belongs to another project's run. */
export async function startRun(
  ports: Pick<Ports, 'catalog' | 'registry' | 'writer' | 'clock' | 'ids'>,
  principal: Principal,
  ask: StartRun,
): Promise<Run> {
  const project = await findProject(ports, principal, { project: ask.project, permission: 'run:write' });
  const repeated = ask.id && (await ports.catalog.run(ask.id));
  if (repeated) return sameRun(repeated, ask);

  await assertMayEvaluate(ports, principal, { project: project.id, tags: ask.tags ?? [] });
  const now = ports.clock.now();
  const id = ask.id ?? ports.ids.runId();
  const name = ask.name || ask.tags?.findLast((tag) => tag.key === RUN_NAME_TAG)?.value || ports.ids.name();
  assertText('run_name', name);
  assertText('user_id', ask.userId ?? '');
  const tags = [
    ...(ask.tags ?? []).filter((tag) => tag.key !== RUN_NAME_TAG),
    { key: RUN_NAME_TAG, value: name },
  ];
  for (const { key, value } of tags) {
    assertName('tag', key);
    assertText('value', value);
  }
  for (const { key, value } of ask.params ?? []) {
    assertName('param', key);
    assertText('value', value.text);
  }
  const changes: Change[] = [
    {
      kind: 'create-run',
      run: {
        id,
        project: project.id,
        name,
        status: ask.status ?? 'running',
        userId: ask.userId ?? '',
        startedAt: ask.startedAt ?? now,
        wire: ask.wire,
        artifactUri: runArtifactUri(project.artifactLocation, id),
      },
    },
    { kind: 'set-tags', run: id, tags },
  ];
  if (ask.params?.length) changes.push({ kind: 'set-params', run: id, params: ask.params, policy: 'once' });
  try {
    await ports.writer.commit({ actor: actorOf(principal), at: now, changes });
  } catch (error) {
    // Two repetitions of one request may race: the loser finds what the winner made.
    const winner = ask.id && (await ports.catalog.run(ask.id));
    if (winner && error instanceof Fault && error.code === 'conflict') return sameRun(winner, ask);
    throw error;
  }
  const run = await ports.catalog.run(id);
  if (!run) throw new Fault('internal', 'The run that was just started cannot be read.');
  return run;
}

function sameRun(run: Run, ask: StartRun): Run {
  if (run.project === ask.project) return run;
  throw new Fault('conflict', `The run id ${run.id} is taken.`, { subject: 'run', reason: 'exists' });
}
