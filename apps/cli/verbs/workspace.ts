import { Command } from 'commander';
import type { WorkspaceJson } from '#core/contract/workspace-endpoints.ts';
import { connect, withServer, type ServerOption } from '../connection.ts';
import { table } from '../table.ts';

interface JsonOption extends ServerOption {
  readonly json?: true;
}

interface WordOptions extends JsonOption {
  readonly name?: string;
  readonly description?: string;
}

/** `cairn workspace …`: the workspaces that one may see, and an admin's verbs about them. */
export function workspaceVerb(): Command {
  const id = ['<id>', 'stands in addresses: /w/<id>'] as const;
  const verb = (name: string, does: string): Command =>
    withServer(new Command(name).description(does).option('--json', 'as JSON'));
  const worded = (command: Command): Command =>
    command.option('--name <text>', 'how pages call it').option('--description <text>', 'what it is for');
  return new Command('workspace')
    .description('workspaces: who owns projects and models, and who may see them')
    .addCommand(verb('list', 'list those in which you have a role').action(listWorkspaces))
    .addCommand(
      worded(verb('create', 'make one (admins of the server)').argument(...id)).action(createWorkspace),
    )
    .addCommand(
      worded(verb('update', 'rename or describe one; its id stays (its admins)').argument(...id)).action(
        updateWorkspace,
      ),
    )
    .addCommand(
      verb('delete', 'remove an empty one with its roles (admins of the server)')
        .argument(...id)
        .action(deleteWorkspace),
    );
}

async function listWorkspaces(options: JsonOption): Promise<void> {
  const { workspaces } = await connect(options).client.listWorkspaces({});
  if (options.json) {
    console.log(JSON.stringify(workspaces, null, 2));
    return;
  }
  const text = table(workspaces, [
    { head: 'ID', cell: ({ id }) => id },
    { head: 'NAME', cell: ({ name }) => name, shrinkTo: 12 },
    { head: 'PROJECTS', cell: ({ projects }) => String(projects), align: 'right' },
    { head: 'YOU', cell: ({ isAdmin }) => (isAdmin ? 'admin' : '') },
    { head: 'DESCRIPTION', cell: ({ description }) => description.split('\n')[0] ?? '', shrinkTo: 12 },
  ]);
  console.log(text);
}

async function createWorkspace(id: string, options: WordOptions): Promise<void> {
  const { server, client } = connect(options);
  const made = await client.createWorkspace({ body: { id, ...wordsOf(options) } });
  say(made, options, `Made the workspace ${id}. MLflow clients reach it at ${server}/w/${id}`);
}

async function updateWorkspace(id: string, options: WordOptions): Promise<void> {
  const { client } = connect(options);
  const changed = await client.updateWorkspace({ params: { workspace: id }, body: wordsOf(options) });
  say(changed, options, `The workspace ${id} is called '${changed.name}'.`);
}

async function deleteWorkspace(id: string, options: JsonOption): Promise<void> {
  await connect(options).client.deleteWorkspace({ params: { workspace: id } });
  console.log(options.json ? '{}' : `The workspace ${id} is gone, with the roles that were given there.`);
}

function wordsOf({ name, description }: WordOptions) {
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}

function say(workspace: WorkspaceJson, { json }: JsonOption, sentence: string): void {
  console.log(json ? JSON.stringify(workspace, null, 2) : sentence);
}
