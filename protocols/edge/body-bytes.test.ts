import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { bodyBytes } from './body-bytes.ts';

const MIB = 1024 * 1024;

/** A server that reads at most 1 MiB of a body and then answers 413, else 200. */
async function start(): Promise<number> {
  const server = createServer((incoming, answer) => {
    void firstBytes(incoming).then((read) => answer.writeHead(read > MIB ? 413 : 200).end(String(read)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function firstBytes(incoming: IncomingMessage): Promise<number> {
  let read = 0;
  for await (const part of bodyBytes(incoming)) {
    read += part.byteLength;
    if (read > MIB) break;
  }
  return read;
}

/** Sends everything before it looks at the answer, as Python's clients do. */
function send(port: number, mib: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    let status: number | undefined;
    const headers = { 'content-length': mib * MIB };
    const sent = request({ port, host: '127.0.0.1', method: 'PUT', headers }, (answer) => {
      status = answer.statusCode;
      answer.resume();
    });
    let isWhole = false;
    sent.on('error', reject);
    sent.on('finish', () => (isWhole = true));
    sent.on('close', () => resolve(isWhole ? status : undefined));
    const block = Buffer.alloc(MIB);
    const write = (left: number): void => {
      if (left === 0) sent.end();
      else sent.write(block, () => write(left - 1));
    };
    write(mib);
  });
}

test('a body that is read to its end is whole', async () => {
  expect(await send(await start(), 1)).toBe(200);
});

test('a client whose body is refused half-way can send the rest and gets its answer', async () => {
  expect(await send(await start(), 40)).toBe(413);
});

test('a client that goes on for ever is cut off', async () => {
  await expect(send(await start(), 4096)).rejects.toMatchObject({
    code: expect.stringMatching(/ECONNRESET|EPIPE/),
  });
});
