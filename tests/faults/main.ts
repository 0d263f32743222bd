import { spawn } from 'node:child_process';

// `npm run faults [-- vitest's arguments]`: the same laboratory as the ordinary run with every spelling, every n-th call
// and tens of thousands of malformed requests, for an hour or two.

const child = spawn('vitest', ['run', '--project', 'faults', ...process.argv.slice(2)], {
  env: { ...process.env, CAIRN_TEST_FAULTS: 'large' },
  stdio: 'inherit',
});
child.on('error', (error) => console.error(error.message));
child.on('close', (code) => (process.exitCode = code ?? 1));
