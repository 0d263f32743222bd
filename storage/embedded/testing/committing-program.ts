// A program for the tests above it: commits to a store one point after another and tells on its output what became
// of each, so that a tracer, a full disk or a kill can come between. Arguments: directory, number of commits.
import { writeSync } from 'node:fs';
import { Fault } from '#core/domain/fault.ts';
import { SYSTEM } from '#core/domain/actor.ts';
import { DEFAULT_PROJECT, runId } from '#core/domain/ids.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import { openSqliteStore } from '../embedded-store.ts';

const STDOUT = 1;
const FATAL_EXIT = 70;
const RUN = runId('1'.padStart(32, '0'));

const [directory = '', count = '10'] = process.argv.slice(2);
const store = await openSqliteStore({
  directory,
  onFatal: () => {
    tell('fatal');
    process.exitCode = FATAL_EXIT;
  },
});
if (!(await store.catalog.run(RUN))) await commit([createRun()]);
tell('ready');
for (let i = 0; i < Number(count); i += 1) {
  try {
    await commit([logPoint(i), { kind: 'set-tags', run: RUN, tags: [{ key: 'last', value: String(i) }] }]);
    tell(`ack ${i}`);
  } catch (error) {
    tell(`${error instanceof Fault ? error.code : 'bug'} ${i}`);
  }
}
await store.close();

/** Synchronous, so that its place among the system calls is its place in time. */
function tell(line: string): void {
  writeSync(STDOUT, `${line}\n`);
}

async function commit(changes: readonly Change[]): Promise<void> {
  await store.writer.commit({ actor: SYSTEM, at: Date.now(), changes });
}

function createRun(): Change {
  const run = { id: RUN, project: DEFAULT_PROJECT, name: 'loop', status: 'running', userId: '' } as const;
  return { kind: 'create-run', run: { ...run, startedAt: Date.now(), wire: 'native', artifactUri: '' } };
}

/** Point i has step, time and value i. */
function logPoint(i: number): Change {
  const column = Float64Array.of(i);
  const columns = { metricAt: Uint32Array.of(0), steps: column, times: column, values: column };
  return { kind: 'log-points', points: { owner: { kind: 'run', run: RUN }, metrics: ['loss'], ...columns } };
}
