import { Command } from 'commander';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatValue } from '../describe-run.ts';
import { findProject } from '../find-project.ts';
import { table } from '../table.ts';

const SHOWN_PARAMS = 5;

/** `cairn best PROJECT`: which hyperparameters won, and which of them made the difference. */
export function bestVerb(): Command {
  const verb = new Command('best')
    .description('the best runs of a project, and why')
    .argument('<project>', 'by name or id')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(showBest);
}

async function showBest(wanted: string, options: ServerOption & { json?: true }): Promise<void> {
  const { client } = connect(options);
  const { id: project, name } = await findProject(client, wanted);
  const answer = await client.getBest({ params: { project } });
  if (options.json) {
    console.log(JSON.stringify(answer, null, 2));
    return;
  }
  const { objective, best, importance, runs } = answer;
  if (!objective || best.length === 0) {
    console.log(
      `${name} has no best run yet: ${objective ? `none logged ${objective.metric}` : 'it has no objective'}.`,
    );
    return;
  }
  console.log(`${name}: ${objective.direction} ${objective.metric}, ${objective.origin}, ${runs} runs`);
  const telling = importance.slice(0, SHOWN_PARAMS).map(({ key }) => key);
  console.log(
    table(best, [
      { head: '#', cell: ({ run }) => String(run.number), align: 'right' },
      { head: 'NAME', cell: ({ run }) => run.name, shrinkTo: 16 },
      { head: objective.metric, cell: ({ value }) => formatValue(value), align: 'right' },
      ...telling.map((key) => ({
        head: key,
        cell: ({ params }: (typeof best)[number]) => params.find((param) => param.key === key)?.text ?? '',
      })),
    ]),
  );
  if (importance.length === 0) return;
  console.log('\nWhat made the difference:');
  console.log(
    table(importance.slice(0, SHOWN_PARAMS), [
      { head: 'PARAM', cell: ({ key }) => key },
      { head: 'BEST', cell: (one) => one.best },
      { head: 'TYPICAL', cell: ({ typical }) => typical ?? '' },
      { head: 'EXPLAINS', cell: (one) => `${Math.round(one.importance * 100)} %`, align: 'right' },
    ]),
  );
}
