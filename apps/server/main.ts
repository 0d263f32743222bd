import { serveUntilStopped } from './run-server.ts';

await serveUntilStopped(process.argv.slice(2));
