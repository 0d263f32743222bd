import { beforeAll, expect, test } from 'vitest';
import { startMlflow } from '#bench/mlflow-peer.ts';
import { pythonFor } from '../python.ts';
import { startServer } from '../running-server.ts';
import { differences, differsInWords, type Difference } from './compare.ts';
import { CORPUS } from './corpus.ts';
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts';
import type { Normal } from './normalise.ts';
import { runCorpus } from './run-corpus.ts';

const hasPeer = pythonFor('mlflow3') !== undefined;
let ours: ReadonlyMap<string, Normal> = new Map();
let theirs: ReadonlyMap<string, Normal> = new Map();
let found: readonly Difference[] = [];

beforeAll(async () => {
  const peer = await startMlflow();
  const server = await startServer({ args: ['--log-level', 'error'] });
  try {
    ours = await runCorpus(server.origin, CORPUS);
    if (peer) theirs = await runCorpus(peer.origin, CORPUS);
  } finally {
    await peer?.stop();
    await server.stop();
  }
  if (peer) found = differences(ours, theirs);
});

const statuses = ({ ours: our, theirs: their }: Difference) => `${our.status}/${their.status}`;
const explains = (known: KnownDifference, difference: Difference) =>
  known.statuses === statuses(difference) && known.steps.test(difference.step);

test('the corpus has some hundreds of requests', () => {
  expect(CORPUS.length).toBeGreaterThan(500);
});

test('no request makes the server fail', () => {
  expect([...ours].filter(([, { status }]) => status >= 500).map(([step]) => step)).toEqual([]);
});

test.skipIf(!hasPeer)('every difference from a real mlflow server is known, with its reason', () => {
  const unexplained = found.filter(
    (difference) => !KNOWN_DIFFERENCES.some((known) => explains(known, difference)),
  );
  expect(unexplained.map((difference) => ({ ...difference, statuses: statuses(difference) }))).toEqual([]);
});

test.skipIf(!hasPeer).each(KNOWN_DIFFERENCES)('still differs ($statuses, $steps): $reason', (known) => {
  expect(found.some((difference) => explains(known, difference))).toBe(true);
});

test.skipIf(!hasPeer)('refusals hold the phrases that clients look for', () => {
  expect(differsInWords(ours, theirs)).toEqual([]);
});
