import { Argument, Command } from 'commander';
import type { Client } from '#core/contract/client.ts';
import { connect, withServer, type ServerOption } from '../connection.ts';
import { findAccount } from '../find-account.ts';
import { findProject } from '../find-project.ts';

interface RoleOptions extends ServerOption {
  readonly project?: string;
  readonly json?: true;
}

const ROLES = ['viewer', 'editor', 'admin', 'none'] as const;

/** `cairn user role ana editor --workspace vision --project digits`: gives a role, `none` takes it back. */
export function userRoleVerb(): Command {
  const verb = new Command('role')
    .description('give an account a role: on the server, in a workspace or a project')
    .argument('<name>', 'the account')
    .addArgument(new Argument('<role>', "'none' takes it back").choices(ROLES))
    .option('--workspace <id>', 'in all projects of this workspace')
    .option('--project <name>', 'in this project alone, of the workspace if one is named')
    .option('--json', 'as JSON');
  return withServer(verb).action(giveRole);
}

async function giveRole(name: string, role: (typeof ROLES)[number], options: RoleOptions): Promise<void> {
  const { client } = connect(options);
  const { id } = await findAccount(client, name);
  const { place, said } = await placeOf(client, options);
  const { roles } = await client.setRole({
    body: { holder: { kind: 'account', id }, place, role: role === 'none' ? null : role },
  });
  if (options.json) console.log(JSON.stringify(roles, null, 2));
  else console.log(role === 'none' ? `${name} has no role ${said}.` : `${name} is ${role} ${said}.`);
}

async function placeOf(client: Client, { project, workspace }: RoleOptions) {
  if (project !== undefined) {
    const { id, name } = await findProject(client, project);
    return { place: { scope: 'project', project: id }, said: `in the project '${name}'` } as const;
  }
  if (workspace !== undefined) {
    return { place: { scope: 'workspace', workspace }, said: `in the workspace '${workspace}'` } as const;
  }
  return { place: { scope: 'server' }, said: 'on the server' } as const;
}
