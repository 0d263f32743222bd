import { Command, CommanderError } from 'commander';
import { PRODUCT_VERSION } from '#apps/server/version.ts';
import { explain } from './explain.ts';
import { projectsVerb } from './verbs/projects.ts';
import { runVerb } from './verbs/run-show.ts';
import { runsVerb } from './verbs/runs.ts';
import { serverVerb } from './verbs/server.ts';
import { trainingVerb } from './verbs/training.ts';

// Exit codes: 0 done, 1 refused or failed, 2 wrong usage.

const program = new Command('cairn')
  .description('One self-hosted store for every experiment, whatever SDK the code already uses.')
  .version(PRODUCT_VERSION, '--version')
  .showHelpAfterError('(cairn --help shows what there is)')
  .exitOverride();
for (const verb of [runsVerb(), runVerb(), projectsVerb(), trainingVerb()]) {
  for (const each of [verb, ...verb.commands]) each.copyInheritedSettings(program);
  program.addCommand(verb);
}
// Not with the others' settings: its flags, and which of them are wrong, are the server's affair.
program.addCommand(serverVerb());

// `cairn runs | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
