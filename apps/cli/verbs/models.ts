import { Command } from 'commander';
import type { Client } from '#core/contract/client.ts';
import type { ModelRowJson, VersionRowJson } from '#core/contract/registry-schemas.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatDuration } from '../describe-run.ts';
import { changeText, dataText, FIGURE_COLUMNS, figureText, runText, standingText } from '../model-text.ts';
import { table } from '../table.ts';

interface ModelsOptions extends ServerOption {
  readonly json?: true;
}

const AT_ONCE = 500;

/** `cairn models`: registered models; with a name, its versions. */
export function modelsVerb(): Command {
  const verb = new Command('models')
    .description('list registered models, or the versions of one')
    .argument('[model]', 'name of a registered model')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(listModels);
}

async function listModels(name: string | undefined, options: ModelsOptions): Promise<void> {
  const { client } = connect(options);
  if (name !== undefined) return listVersions(client, name, options);
  const models: ModelRowJson[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { limit: AT_ONCE, ...(cursor !== undefined && { cursor }) };
    const page = await client.listRegisteredModels({ query });
    models.push(...page.models);
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  if (options.json) console.log(JSON.stringify(models, null, 2));
  else if (models.length === 0) console.log('No registered models yet.');
  else console.log(modelTable(models));
}

function modelTable(models: readonly ModelRowJson[], now = Date.now()): string {
  return table(models, [
    { head: 'MODEL', cell: ({ name }) => name, shrinkTo: 16 },
    { head: 'VERSIONS', cell: ({ versions }) => String(versions), align: 'right' },
    {
      head: 'IN PRODUCTION',
      cell: ({ production }) => (production ? `v${production.version.number} (${production.because})` : '–'),
    },
    {
      head: 'SINCE',
      cell: ({ production }) => (production ? formatDuration(now - production.since) : ''),
      align: 'right',
    },
    { head: 'DEV', cell: ({ production }) => figureText(production?.version.dev), align: 'right' },
    { head: 'PROD', cell: ({ production }) => figureText(production?.version.prod), align: 'right' },
    {
      head: 'CHANGE',
      cell: ({ production }) => (production ? changeText(production.version) : ''),
      align: 'right',
    },
    { head: 'HEALTH', cell: ({ production }) => production?.health ?? '' },
    { head: 'WAITING', cell: ({ openPromotions }) => (openPromotions === 0 ? '' : String(openPromotions)) },
    { head: 'OWNER', cell: ({ owner }) => owner, shrinkTo: 8 },
  ]);
}

async function listVersions(client: Client, model: string, options: ModelsOptions): Promise<void> {
  const versions: VersionRowJson[] = [];
  for (let before: number | undefined; ;) {
    const query = { limit: AT_ONCE, ...(before !== undefined && { before }) };
    const page = await client.getRegisteredModel({ params: { model }, query });
    versions.push(...page.versions);
    before = page.next;
    if (before === undefined) break;
  }
  if (options.json) console.log(JSON.stringify(versions, null, 2));
  else if (versions.length === 0) console.log(`${model} has no versions yet.`);
  else console.log(versionTable(versions));
}

function versionTable(versions: readonly VersionRowJson[], now = Date.now()): string {
  return table(versions, [
    { head: 'VERSION', cell: ({ number }) => `v${number}` },
    { head: 'HAS', cell: standingText },
    ...FIGURE_COLUMNS,
    { head: 'DATA', cell: dataText, shrinkTo: 12 },
    { head: 'TRAINED BY', cell: runText, shrinkTo: 12 },
    { head: 'AGE', cell: ({ createdAt }) => formatDuration(now - createdAt), align: 'right' },
  ]);
}
