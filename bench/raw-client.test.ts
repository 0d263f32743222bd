import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { RawClient, parseAnswer, rawPost } from './raw-client.ts';

test('requests on one connection get their own answers, with a length or chunked, whatever the text', async () => {
  const ports = new Set<number | undefined>();
  const origin = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      if (body.includes('chunked')) response.write('学');
      response.statusCode = body.includes('chunked') ? 200 : 418;
      response.end(`习 ${body}`);
    });
  });
  const client = new RawClient(origin);
  expect(await client.send(rawPost(origin, '/a', '"ü"'))).toMatchObject({ status: 418, text: '习 "ü"' });
  expect(await client.send(rawPost(origin, '/a', '"chunked"'))).toMatchObject({
    status: 200,
    text: '学习 "chunked"',
  });
  expect(ports.size).toBe(1);
  client.close();
});

test('a connection that ends is a failed request, and the next one opens another', async () => {
  let count = 0;
  const origin = await serve((request, response) => {
    count += 1;
    if (count === 1) request.socket.destroy();
    else response.end('{}');
  });
  const client = new RawClient(origin);
  await expect(client.send(rawPost(origin, '/', '{}'))).rejects.toThrow(/ended before|ECONNRESET/);
  expect(await client.send(rawPost(origin, '/', '{}'))).toMatchObject({ status: 200 });
  client.close();
});

test('an answer is incomplete at each of its bytes but the last', () => {
  const whole = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n');
  for (let end = 0; end < whole.length; end += 1) expect(parseAnswer(whole.subarray(0, end))).toBeUndefined();
  expect(parseAnswer(whole)).toMatchObject({ status: 200, text: 'abc' });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
