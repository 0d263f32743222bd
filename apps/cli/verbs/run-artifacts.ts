import { Command, Option } from 'commander';
import { parseArtifactRef } from '../artifact-ref.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { Complaint } from '../explain.ts';
import { findRun } from '../find-run.ts';
import { plain } from '../text.ts';

interface RoleOption extends ServerOption {
  readonly role: string;
  readonly json?: true;
}

interface ProduceOptions extends RoleOption {
  readonly type: string;
  readonly name?: string;
}

/** `cairn run produce RUN [FOLDER]`: seals files of a run as a version of a table, a checkpoint or a dataset. */
export function produceVerb(): Command {
  const verb = new Command('produce')
    .description('seal files of a run as the next version of a table, a checkpoint or a dataset')
    .argument('<run>', '<project>/<number>, or the 32 digits of its id')
    .argument('[folder]', 'below its files; all of them without it', '')
    .addOption(
      new Option('--type <type>', 'what it is').choices(['table', 'checkpoint', 'dataset']).default('table'),
    )
    .option('--name <name>', "of the artifact; the folder's without it")
    .option('--role <word>', 'what it is of the run: evaluation, best …', '')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(produce);
}

/** `cairn run use RUN TYPE/NAME[@vN]`: says that a run used an artifact version. */
export function useVerb(): Command {
  const verb = new Command('use')
    .description('say that a run used a version of an artifact')
    .argument('<run>', '<project>/<number>, or the 32 digits of its id')
    .argument('<artifact>', 'such as table/errors@v3; the newest version without @v3')
    .option('--role <word>', 'what it was to the run: training, input …', '')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(use);
}

async function produce(wanted: string, folder: string, options: ProduceOptions): Promise<void> {
  const { client } = connect(options);
  const { id: run } = await findRun(client, wanted);
  const { type, role, name = folder.split('/').findLast((part) => part !== '') } = options;
  if (name === undefined) throw new Complaint('Say what it is called: --name errors.');
  const version = await client.produceArtifact({ params: { run }, body: { type, name, folder, role } });
  if (options.json) console.log(JSON.stringify(version, null, 2));
  else
    console.log(plain(`${wanted} made ${type} ${name}@v${version.number}, ${version.digest.slice(0, 12)}.`));
}

async function use(wanted: string, artifact: string, options: RoleOption): Promise<void> {
  const { client } = connect(options);
  const { id: run } = await findRun(client, wanted);
  const version = await client.useArtifact({
    params: { run },
    body: { ...parseArtifactRef(artifact), role: options.role },
  });
  const { name, number, type } = version;
  if (options.json) console.log(JSON.stringify(version, null, 2));
  else console.log(plain(`${wanted} used ${type} ${name}@v${number}.`));
}
