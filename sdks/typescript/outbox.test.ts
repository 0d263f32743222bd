import { expect, test } from 'vitest';
import type { LogBody } from './batch.ts';
import { Outbox } from './outbox.ts';

const point = (value: number) => (batch: { addPoint(m: string, s: number, t: number, v: number): void }) =>
  batch.addPoint('loss', value, 0, value);

test('batches leave in order, one at a time, none larger than asked', async () => {
  const sent: number[][] = [];
  let underway = 0;
  const outbox = new Outbox({
    batchSize: 10,
    warn: () => undefined,
    async deliver({ points }) {
      expect((underway += 1)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      sent.push(points[0]?.values as number[]);
      underway -= 1;
    },
  });
  for (let value = 0; value < 95; value += 1) outbox.add(point(value));
  await outbox.settled();
  expect(sent.map((values) => values.length)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
  expect(sent.flat()).toEqual(Array.from({ length: 95 }, (_, at) => at));
  expect(outbox.held).toBe(0);
});

test('what is added while a request is under way leaves without being asked for', async () => {
  const sent: LogBody[] = [];
  const second = Promise.withResolvers<void>();
  const outbox = new Outbox({
    lingerMs: 1,
    warn: () => undefined,
    async deliver(body) {
      if (sent.push(body) === 1) outbox.add(point(2));
      else second.resolve();
    },
  });
  outbox.add(point(1));
  await second.promise;
  expect(sent.map(({ points }) => points[0]?.values)).toEqual([[1], [2]]);
});

test('a full outbox drops the newest, counts them and says so', async () => {
  const said: string[] = [];
  const gate = Promise.withResolvers<void>();
  const outbox = new Outbox({
    capacity: 20,
    batchSize: 10,
    warn: (line) => said.push(line),
    deliver: () => gate.promise,
  });
  for (let value = 0; value < 25; value += 1) outbox.add(point(value));
  expect([outbox.held, outbox.dropped]).toEqual([20, 5]);
  expect(said[0]).toContain('20 values wait for the server');
  gate.resolve();
  await outbox.settled();
  outbox.add(point(1));
  expect(outbox.held).toBe(1);
});

test('a failed delivery keeps what it could not send', async () => {
  let isDown = true;
  const outbox = new Outbox({
    warn: () => undefined,
    deliver: () => (isDown ? Promise.reject(new Error('stopped')) : Promise.resolve()),
  });
  outbox.add(point(1));
  await expect(outbox.settled()).rejects.toThrow('stopped');
  expect(outbox.held).toBe(1);
  isDown = false;
  await outbox.settled();
  expect(outbox.held).toBe(0);
});
