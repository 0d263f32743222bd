import { Command } from 'commander';
import { neighbourVersions } from '#core/contract/lineage-neighbours.ts';
import type { RunJson } from '#core/contract/schemas.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatDuration, formatTime, formatValue, statusStyle } from '../describe-run.ts';
import { findRun } from '../find-run.ts';
import { paint, pairTable, table } from '../table.ts';
import { plain } from '../text.ts';
import { produceVerb, useVerb } from './run-artifacts.ts';

/** `cairn run …`: verbs about one run. */
export function runVerb(): Command {
  const show = new Command('show')
    .description('everything about one run')
    .argument('<run>', '<project>/<number>, or the 32 digits of its id')
    .option('--json', 'as JSON');
  return new Command('run')
    .description('one run')
    .addCommand(withWorkspace(show).action(showRun))
    .addCommand(produceVerb())
    .addCommand(useVerb());
}

async function showRun(wanted: string, options: ServerOption & { json?: true }): Promise<void> {
  const { client } = connect(options);
  const run = await findRun(client, wanted);
  if (options.json) {
    console.log(JSON.stringify(run, null, 2));
    return;
  }
  const project = await client.getProject({ params: { project: run.project } });
  const { entries } = await client.listRunFiles({ params: { run: run.id } });
  const graph = await client.getLineage({ query: { root: `run ${run.id}`, up: 1, down: 1 } });
  const beside = (way: 'up' | 'down'): string[][] =>
    neighbourVersions(graph, way).map(({ node, role }) => [
      node.title,
      role === '' ? node.subtitle : `${node.subtitle} (${role})`,
    ]);
  const files = entries.map(({ kind, path, sizeBytes }) =>
    kind === 'directory' ? [`${path}/`, ''] : [path, `${sizeBytes ?? 0} bytes`],
  );
  const own = run.tags.filter(({ key }) => !key.startsWith('mlflow.') && !key.startsWith('cairn.'));
  const parts = [
    `${paint('bold', plain(`${project.name}/${run.number}  ${run.name}`))}  ${paint(statusStyle(run), run.status)}`,
    pairTable('RUN', facts(run)),
    pairTable(
      'PARAM',
      run.params.map(({ key, text }) => [key, text]),
    ),
    metrics(run),
    pairTable(
      'TAG',
      own.map(({ key, value }) => [key, value]),
    ),
    pairTable(
      'DATASET',
      run.datasets.map(({ name, digest, context }) => [name, [digest, context ?? ''].join(' ')]),
    ),
    pairTable('USED', beside('up')),
    pairTable('MADE', beside('down')),
    pairTable('FILE', files),
  ];
  console.log(parts.filter((part) => part !== '').join('\n\n'));
}

function facts({ id, startedAt, endedAt, userId, source, wire }: RunJson): string[][] {
  const took = formatDuration((endedAt ?? Date.now()) - startedAt);
  const commit = [source.gitCommit, source.gitBranch].filter((text) => text !== undefined).join(' ');
  const known = [
    ['id', id],
    ['started', `${formatTime(startedAt)}, ${endedAt === undefined ? 'running for' : 'took'} ${took}`],
    ['by', userId],
    ['source', source.name ?? ''],
    ['commit', commit],
    ['repository', source.gitRepository ?? ''],
    ['command', source.command ?? ''],
    ['wire', wire],
  ];
  return known.filter(([, text]) => text !== '');
}

function metrics(run: RunJson): string {
  if (run.metrics.length === 0) return '';
  return table(run.metrics, [
    { head: 'METRIC', cell: ({ key }) => key, shrinkTo: 20 },
    { head: 'LAST', cell: ({ last }) => formatValue(last.value), align: 'right' },
    { head: 'MIN', cell: ({ min }) => formatValue(min?.value), align: 'right' },
    { head: 'MAX', cell: ({ max }) => formatValue(max?.value), align: 'right' },
    { head: 'STEP', cell: ({ last }) => String(last.step), align: 'right' },
  ]);
}
