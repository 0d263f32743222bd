import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatTime } from '../describe-run.ts';
import { FIGURE_COLUMNS, standingText } from '../model-text.ts';
import { table } from '../table.ts';

/** `cairn performance MODEL`: how its versions do in development and in production. */
export function performanceVerb(): Command {
  const verb = new Command('performance')
    .description('how a model does in development and in production')
    .argument('<model>', 'name of a registered model')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(showPerformance);
}

async function showPerformance(model: string, options: ServerOption & { json?: true }): Promise<void> {
  const { client } = connect(options);
  const performance = await client.getPerformance({ params: { model } });
  if (options.json) {
    console.log(JSON.stringify(performance, null, 2));
    return;
  }
  if (performance.versions.length === 0) {
    console.log(`${model} has no versions yet.`);
    return;
  }
  const measured = (figure: { readonly at: number } | undefined): string =>
    figure === undefined ? '' : formatTime(figure.at);
  console.log(
    table(performance.versions, [
      { head: 'VERSION', cell: ({ number }) => `v${number}` },
      { head: 'HAS', cell: standingText },
      ...FIGURE_COLUMNS,
      {
        head: 'DEV ON',
        cell: ({ dev }) => (dev?.dataset ? `${dev.dataset.name}@v${dev.dataset.number ?? '?'}` : ''),
        shrinkTo: 10,
      },
      { head: 'PROD MEASURED', cell: ({ prod }) => measured(prod) },
    ]),
  );
}
