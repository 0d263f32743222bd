// A program for the tests above it: moves a store in many small transactions and tells each step as a line on stdout.
// Arguments: from, to, directory of a database's blobs, and when to die: after so many steps, or in a stage. A thread
// of its own kills the process then, so it dies wherever it is: within a transaction, a COMMIT, a file.
import { Worker } from 'node:worker_threads';
import { storePlace } from '../store-place.ts';
import { transferStore } from '../transfer-store.ts';

const KILLER = `const { workerData } = require('node:worker_threads');
  Atomics.wait(workerData, 0, 0);
  process.kill(process.pid, 'SIGKILL');`;
/** A machine that is too busy to run the killer gets no farther than this. */
const MOST_MORE_STEPS = 6;

const [from = '', to = '', blobs, death = 'never'] = process.argv.slice(2);
const isDue = new Int32Array(new SharedArrayBuffer(4));
const killer = death === 'never' ? undefined : new Worker(KILLER, { eval: true, workerData: isDue });
let steps = 0;
let left: number | undefined;
await transferStore({
  from: storePlace(from, blobs),
  to: storePlace(to, blobs),
  pageBytes: 4096,
  onProgress: ({ stage, done }) => {
    process.stdout.write(`${stage} ${done ?? ''}\n`);
    steps += 1;
    if (!left && (steps === Number(death) || stage === death)) {
      left = steps + MOST_MORE_STEPS;
      Atomics.store(isDue, 0, 1);
      Atomics.notify(isDue, 0);
    }
    if (steps === left) Atomics.wait(isDue, 0, 1);
  },
});
await killer?.terminate();
