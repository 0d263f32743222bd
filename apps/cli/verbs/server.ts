import { Command } from 'commander';
import { table } from '../table.ts';

/** `cairn server …`: its flags belong to the server, which is loaded only here. */
export function serverVerb(): Command {
  return new Command('server')
    .description('run the server: --host, --port, --data …')
    .helpOption(false)
    .allowUnknownOption()
    .argument('[flags...]')
    .action(async (flags: string[]) => {
      if (flags.includes('--help') || flags.includes('-h')) {
        console.log(await help());
        return;
      }
      const { serveUntilStopped } = await import('#apps/server/run-server.ts');
      await serveUntilStopped(flags);
    });
}

async function help(): Promise<string> {
  const { SETTINGS } = await import('#apps/server/config.ts');
  const settings = table(SETTINGS, [
    { head: 'FLAG', cell: ({ flag }) => `--${flag}` },
    { head: 'VARIABLE', cell: ({ env }) => env },
    { head: '', cell: ({ meaning }) => meaning, shrinkTo: 20 },
  ]);
  return `Usage: cairn server [flags]\n\n${settings}\n\n--config FILE reads the same settings from JSON.`;
}
