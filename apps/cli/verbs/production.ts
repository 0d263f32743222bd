import { Command } from 'commander';
import type { ProductionRowJson } from '#core/contract/registry-schemas.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatDuration } from '../describe-run.ts';
import { changeText, dataText, figureText, objectiveText, runText } from '../model-text.ts';
import { table } from '../table.ts';

/** `cairn production`: which versions are in production, and how they do. */
export function productionVerb(): Command {
  const verb = new Command('production').description('what is in production').option('--json', 'as JSON');
  return withWorkspace(verb).action(listProduction);
}

async function listProduction(options: ServerOption & { json?: true }): Promise<void> {
  const { client } = connect(options);
  const { production } = await client.listProduction({});
  if (options.json) console.log(JSON.stringify(production, null, 2));
  else if (production.length === 0) console.log('Nothing is in production.');
  else console.log(productionTable(production));
}

function productionTable(rows: readonly ProductionRowJson[], now = Date.now()): string {
  return table(rows, [
    { head: 'MODEL', cell: ({ modelName }) => modelName, shrinkTo: 16 },
    { head: 'VERSION', cell: ({ version }) => `v${version.number}` },
    {
      head: 'WHERE',
      cell: ({ deployments, because }) =>
        deployments.map(({ environment }) => environment).join(' ') || because,
    },
    { head: 'SINCE', cell: ({ since }) => formatDuration(now - since), align: 'right' },
    { head: 'OBJECTIVE', cell: ({ version }) => objectiveText(version) },
    { head: 'DEV', cell: ({ version }) => figureText(version.dev), align: 'right' },
    { head: 'PROD', cell: ({ version }) => figureText(version.prod), align: 'right' },
    { head: 'CHANGE', cell: ({ version }) => changeText(version), align: 'right' },
    { head: 'HEALTH', cell: ({ health }) => health },
    { head: 'DATA', cell: ({ version }) => dataText(version), shrinkTo: 12 },
    { head: 'TRAINED BY', cell: ({ version }) => runText(version), shrinkTo: 12 },
  ]);
}
