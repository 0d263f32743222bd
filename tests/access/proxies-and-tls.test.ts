import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertMayListen, readTls } from '#apps/server/listening.ts';
import { readConfig } from '#apps/server/config.ts';
import { memoryServer, type MemoryServer } from '../memory-server.ts';
import { ensureSetupToken } from '#core/tracking/sessions/ensure-setup-token.ts';

const folder = mkdtempSync(join(tmpdir(), 'cairn-tls-'));
const file = (name: string): string => join(folder, name);
const PASSWORD = 'correct horse battery';

beforeAll(() => {
  for (const name of ['own', 'other']) {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const kind = [
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const out = ['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)];
    execFileSync('openssl', ['req', ...kind, ...subject, ...out], { stdio: 'ignore' });
  }
  writeFileSync(file('broken.crt'), 'no certificate');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sets up with a browser's headers; the cookie that comes back. */
async function firstCookie(server: MemoryServer, sent: Record<string, string>, remoteAddress = '127.0.0.1') {
  const token = await ensureSetupToken(server.ports);
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/setup',
    headers: { host: 'localhost', ...sent },
    payload: { token, name: 'ana', password: PASSWORD },
    remoteAddress,
  });
  expect(response.statusCode).toBe(200);
  return response.cookies[0];
}

test('with its own certificate it speaks HTTPS, and its cookie is bound to the host', async () => {
  const flags = ['--auth', 'team', '--tls-cert', file('own.crt'), '--tls-key', file('own.key')];
  const server = await memoryServer({ flags });
  const origin = await server.listen();
  expect(origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const token = await ensureSetupToken(server.ports);
  const body = JSON.stringify({ token, name: 'ana', password: PASSWORD });
  const cookie = await new Promise<string | undefined>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin };
    const sent = request(`${origin}/api/setup`, {
      method: 'POST',
      ca: readFileSync(file('own.crt')),
      headers,
    });
    sent.on('response', (answer) => {
      answer.resume();
      resolve(answer.headers['set-cookie']?.[0]);
    });
    sent.on('error', reject);
    sent.end(body);
  });
  expect(cookie).toMatch(/^__Host-cairn=\w{43}; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/);
  await server.app.close();
});

test.each([
  [['--tls-cert', 'own.crt'], '--tls-key'],
  [['--tls-cert', 'absent.crt', '--tls-key', 'own.key'], 'absent.crt cannot be read'],
  [['--tls-cert', 'broken.crt', '--tls-key', 'own.key'], 'broken.crt holds no certificate'],
  [['--tls-cert', 'own.crt', '--tls-key', 'own.crt'], 'own.crt holds no private key'],
  [['--tls-cert', 'own.crt', '--tls-key', 'other.key'], 'does not belong to the certificate'],
])('%j is refused: %s', (flags, words) => {
  const full = flags.map((flag) => (flag.startsWith('--') ? flag : file(flag)));
  expect(() => readTls(readConfig(full, {}))).toThrow(words);
});

test('a named proxy is believed about scheme, host and client; anybody else is not', async () => {
  const flags = ['--auth', 'team', '--trusted-proxies', '10.0.0.0/8', '--allowed-hosts', 'cairn.lab'];
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'cairn.lab',
    'x-forwarded-for': '192.0.2.7',
    origin: 'https://cairn.lab',
  };
  const behind = await memoryServer({ flags });
  expect(await firstCookie(behind, forwarded, '10.0.0.9')).toMatchObject({
    name: '__Host-cairn',
    secure: true,
  });
  const audit = [];
  for await (const entry of behind.ports.identity.auditTrail()) audit.push(entry);
  expect(audit.map(({ address }) => address)).toContain('192.0.2.7');
  await behind.app.close();

  const direct = await memoryServer({ flags });
  const { origin: _, ...lies } = forwarded;
  expect(await firstCookie(direct, lies, '192.0.2.1')).toMatchObject({ name: 'cairn_session' });
  const lied = await direct.app.inject({
    url: '/health',
    headers: { host: 'evil.example', 'x-forwarded-host': 'cairn.lab' },
    remoteAddress: '192.0.2.1',
  });
  expect(lied.statusCode).toBe(403);
  await direct.app.close();
});

test('a public HTTPS address makes the cookie secure even if the proxy is silent about it', async () => {
  const flags = ['--auth', 'team', '--public-url', 'https://cairn.example.org/'];
  const server = await memoryServer({ flags });
  const cookie = await firstCookie(server, {
    host: 'cairn.example.org',
    origin: 'https://cairn.example.org',
  });
  expect(cookie).toMatchObject({ name: '__Host-cairn', secure: true });
  await server.app.close();
});

test('beyond loopback it listens with accounts and TLS, a proxy that has it, or on express wish', () => {
  const may = (...flags: string[]) => assertMayListen(readConfig(flags, {}));
  for (const host of ['127.0.0.1', '::1', 'localhost']) expect(() => may('--host', host)).not.toThrow();
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'cairn.lab']) {
    const local = ['--host', host];
    expect(() => may(...local)).toThrow(/without authentication is refused.*tunnel/);
    expect(() => may(...local, '--insecure-http')).toThrow(/without authentication/);
    const team = [...local, '--auth', 'team'];
    expect(() => may(...team)).toThrow(/without TLS is refused/);
    expect(() => may(...team, '--insecure-http')).not.toThrow();
    expect(() => may(...team, '--trusted-proxies', '10.1.2.3')).not.toThrow();
    expect(() => may(...team, '--tls-cert', 'a', '--tls-key', 'b')).not.toThrow();
  }
});
