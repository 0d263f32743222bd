import { init } from '#sdks/typescript/init.ts';

// A training that logs a point at a time for as long as it lives, and says which are delivered: to be killed.

const run = await init({ project: 'killed', server: process.argv[2] ?? '', config: { rate: 0.1 } });
console.log(`run ${run.id}`);
for (let step = 0; ; step += 1) {
  run.log({ loss: 1 / (step + 1) }, { step });
  if (step % 10 === 9) {
    await run.flush();
    console.log(`delivered ${step}`);
  }
}
