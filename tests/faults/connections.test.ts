import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../running-server.ts';
import { freshFolder, startedServer } from './places.ts';
import { ask, bugsOf, looseFile, memoryMib } from './writing.ts';

// Rows 10 and 41, and connections that are slow on purpose.

const IDLE = 10_000;
const MOST_MIB = 400;
const PATH = '/api/2.0/mlflow-artifacts/artifacts/loose';
const JSON_HEAD = 'Host: localhost\r\nContent-Type: application/json\r\n';
const isLinux = process.platform === 'linux';
const mostFiles = isLinux
  ? Number(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' })) || Infinity
  : 0;
const noRoom = mostFiles < IDLE + 500 ? `a process may open ${mostFiles} files here` : undefined;
if (noRoom !== undefined) console.log(`${IDLE} connections are not tested: ${noRoom}`);

test.skipIf(noRoom !== undefined)(
  `41 ${IDLE} idle connections: at most ${MOST_MIB} MiB, and it still answers`,
  async () => {
    const server = await startedServer();
    const sockets = await openMany(server, IDLE);
    expect((await ask(`${server.origin}/api/2.0/mlflow/experiments/search?max_results=5`)).status).toBe(200);
    expect((await ask(looseFile(server, 'a'), { method: 'PUT', body: 'a' })).status).toBe(200);
    const mib = memoryMib(server.pid);
    expect(mib).toBeLessThan(MOST_MIB);
    expect(sockets.filter((socket) => !socket.destroyed).length).toBe(IDLE);
    console.log(`${IDLE} idle connections: ${mib.toFixed(0)} MiB`);
  },
);

test('10 a client killed in mid-upload leaves no file and no name', async () => {
  const dataDir = freshFolder();
  const server = await startedServer({ dataDir });
  for (const cutAfter of [0, 1, 70_000, 900_000]) {
    const socket = await opened(server);
    socket.write(
      `PUT /api/2.0/mlflow-artifacts/artifacts/loose/cut HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n`,
    );
    socket.write(Buffer.alloc(cutAfter, 1));
    await sleep(50);
    socket.destroy();
  }
  await expect.poll(() => readdirSync(join(dataDir, 'tmp'))).toEqual([]);
  expect((await ask(`${server.origin}/api/2.0/mlflow-artifacts/artifacts?path=loose`)).text).not.toContain(
    'cut',
  );
  expect((await ask(looseFile(server, 'cut'))).status).toBe(404);
  expect((await ask(looseFile(server, 'cut'), { method: 'PUT', body: 'whole' })).status).toBe(200);
  expect(bugsOf(server)).toEqual([]);
});

/** What a client begins with, and what it then sends every tenth of a second. */
const DRIPS: ReadonlyArray<readonly [head: string, drip: string]> = [
  ['GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 'x'],
  [`POST /api/projects HTTP/1.1\r\n${JSON_HEAD}Content-Length: 1000\r\n\r\n{`, ' '],
  [`PUT ${PATH}/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n`, 'x'],
  [`POST /api/projects HTTP/1.1\r\n${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
];

test('slow-loris: clients that drip headers, a body, an upload or chunks are let go, and nobody waits for them', async () => {
  const server = await startedServer({ args: ['--client-timeout-s', '0.5'] });
  const slow = await Promise.all(
    DRIPS.flatMap(([head, drip]) =>
      Array.from({ length: 50 }, async () => ({ head, drip, socket: await opened(server) })),
    ),
  );
  const ended = slow.map(({ socket }) => new Promise((resolve) => void socket.once('close', resolve)));
  for (const { socket, head } of slow) socket.write(head);
  const dripping = setInterval(() => {
    for (const { socket, drip } of slow) if (!socket.destroyed) socket.write(drip);
  }, 100);
  onTestFinished(() => clearInterval(dripping));
  expect((await ask(`${server.origin}/health`)).status).toBe(200);
  expect((await ask(looseFile(server, 'a'), { method: 'PUT', body: 'a' })).status).toBe(200);
  await Promise.all(ended);
  expect((await ask(`${server.origin}/health`)).status).toBe(200);
  expect(bugsOf(server)).toEqual([]);
});

test('a client that is slow and steady is served', async () => {
  const server = await startedServer({ args: ['--client-timeout-s', '0.5'] });
  const body = new ReadableStream({
    async start(controller) {
      for (let part = 0; part < 20; part += 1) {
        controller.enqueue(new Uint8Array(4096));
        await sleep(100);
      }
      controller.close();
    },
  });
  const upload = { method: 'PUT', body, duplex: 'half' } as RequestInit;
  expect((await ask(looseFile(server, 'steady'), upload)).status).toBe(200);
});

test('many bodies in chunks of a byte are read like any other', async () => {
  const server = await startedServer();
  const message = JSON.stringify({ name: 'p', tags: [{ key: 'k', value: 'v'.repeat(2000) }] });
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const socket = await opened(server);
      const text = message.replace('"p"', `"p${at}"`);
      const chunks = text.replaceAll(/./g, '1\r\n$&\r\n');
      socket.write(
        `POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
      );
      let answer = '';
      for await (const part of socket.setEncoding('utf8')) answer += part as string;
      return answer.slice(9, 12);
    }),
  );
  expect(new Set(statuses)).toEqual(new Set(['200']));
  expect(bugsOf(server)).toEqual([]);
});

/** Connections that asked once and then say nothing. */
async function openMany(server: RunningServer, count: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  for (let from = 0; from < count; from += 250) {
    sockets.push(
      ...(await Promise.all(Array.from({ length: Math.min(250, count - from) }, () => opened(server)))),
    );
    for (const socket of sockets.slice(from)) socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  }
  await expect.poll(() => sockets.every(({ bytesRead }) => bytesRead > 0), { timeout: 30_000 }).toBe(true);
  return sockets;
}

function opened(server: RunningServer): Promise<Socket> {
  const { port } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
    socket.resume();
    onTestFinished(() => void socket.destroy());
  });
}
