import { Command } from 'commander';

/** `cairn server …`: its flags belong to the server, which is loaded only here. */
export function serverVerb(): Command {
  return new Command('server')
    .description('run the server: --host, --port, --data …')
    .helpOption(false)
    .allowUnknownOption()
    .argument('[flags...]')
    .action(async (flags: string[]) => {
      const { serveUntilStopped } = await import('#apps/server/run-server.ts');
      await serveUntilStopped(flags);
    });
}
