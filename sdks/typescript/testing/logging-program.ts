import { init } from '../init.ts';

// A training program that never finishes its run: `node logging-program.ts SERVER how-it-ends`.

const [server = '', ending] = process.argv.slice(2);
const run = await init({ project: 'exits', server, tags: { ending: ending ?? '' } });
for (let step = 0; step < 25; step += 1) run.log({ loss: 1 / (step + 1) });
console.log(`logged ${run.id}`);

if (ending === 'error') throw new Error('out of memory, say');
if (ending === 'wait') setInterval(() => undefined, 1000);
