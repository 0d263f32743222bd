import { Command, CommanderError } from 'commander';
import { PRODUCT_VERSION } from '#apps/server/version.ts';
import { explain } from './explain.ts';
import { approveVerb } from './verbs/approve.ts';
import { artifactsVerb } from './verbs/artifacts.ts';
import { backupVerb } from './verbs/backup.ts';
import { bestVerb } from './verbs/best.ts';
import { deployVerb } from './verbs/deploy.ts';
import { doctorVerb } from './verbs/doctor.ts';
import { evaluateVerb } from './verbs/evaluate.ts';
import { gatesVerb } from './verbs/gates.ts';
import { keyVerb } from './verbs/key.ts';
import { lineageVerb } from './verbs/lineage.ts';
import { loginVerb } from './verbs/login.ts';
import { logoutVerb } from './verbs/logout.ts';
import { migrateVerb } from './verbs/migrate.ts';
import { modelsVerb } from './verbs/models.ts';
import { objectiveVerb } from './verbs/objective.ts';
import { performanceVerb } from './verbs/performance.ts';
import { productionVerb } from './verbs/production.ts';
import { projectsVerb } from './verbs/projects.ts';
import { promoteVerb } from './verbs/promote.ts';
import { purgeVerb } from './verbs/purge.ts';
import { restoreVerb } from './verbs/restore.ts';
import { rollbackVerb } from './verbs/rollback.ts';
import { runVerb } from './verbs/run-show.ts';
import { runsVerb } from './verbs/runs.ts';
import { serverVerb } from './verbs/server.ts';
import { trainingVerb } from './verbs/training.ts';
import { userVerb } from './verbs/user.ts';
import { workspaceVerb } from './verbs/workspace.ts';

// Exit codes: 0 done, 1 refused or failed, 2 wrong usage.

const program = new Command('cairn')
  .description('One self-hosted store for every experiment, whatever SDK the code already uses.')
  .version(PRODUCT_VERSION, '--version')
  .showHelpAfterError('(cairn --help shows what there is)')
  .exitOverride();
for (const verb of [
  runsVerb(),
  runVerb(),
  projectsVerb(),
  trainingVerb(),
  productionVerb(),
  performanceVerb(),
  objectiveVerb(),
  lineageVerb(),
  bestVerb(),
  modelsVerb(),
  artifactsVerb(),
  promoteVerb(),
  rollbackVerb(),
  approveVerb(),
  evaluateVerb(),
  gatesVerb(),
  deployVerb(),
  loginVerb(),
  logoutVerb(),
  keyVerb(),
  userVerb(),
  workspaceVerb(),
  backupVerb(),
  restoreVerb(),
  doctorVerb(),
  migrateVerb(),
  purgeVerb(),
]) {
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
