import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import { readConfig, sessionLimits } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'cairn-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function configFile(content: string): string {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(file, content);
  return file;
}

test('a flag wins over the environment, the environment over the file, the file over the default', () => {
  const file = configFile('{"port": 7001, "data": "from-file", "logLevel": "warn"}');
  const env = { CAIRN_PORT: '7002', CAIRN_DATA: 'from-env' };
  const config = readConfig(['--config', file, '--port', '7003'], env);
  expect(config).toMatchObject({ port: 7003, data: 'from-env', logLevel: 'warn', host: '127.0.0.1' });
});

test('log-ins end after two weeks without use and a quarter of a year, unless told otherwise in days', () => {
  const hour = 3_600_000;
  const usual = sessionLimits(readConfig([], {}));
  expect(usual).toEqual({ idleMs: 14 * 24 * hour, lifetimeMs: 90 * 24 * hour });
  const strict = readConfig(['--session-idle-days', '0.5'], { CAIRN_SESSION_DAYS: '7' });
  expect(sessionLimits(strict)).toEqual({ idleMs: 12 * hour, lifetimeMs: 7 * 24 * hour });
  expect(() => readConfig(['--session-days', '0'], {})).toThrow('sessionDays');
});

test('the file may be named by the environment', () => {
  expect(readConfig([], { CAIRN_CONFIG: configFile('{"port": 7001}') }).port).toBe(7001);
});

test('a variable that is set to nothing is not set', () => {
  const env = { CAIRN_PORT: '', CAIRN_ALLOWED_HOSTS: '', CAIRN_CONFIG: '' };
  expect(readConfig([], env)).toMatchObject({ port: 5100, allowedHosts: [] });
});

test('allowed hosts come as a list or as text between commas, and nothing is no name', () => {
  expect(readConfig(['--allowed-hosts', 'cairn.lab, gpu-1 ,'], {}).allowedHosts).toEqual([
    'cairn.lab',
    'gpu-1',
  ]);
  const file = configFile('{"allowedHosts": ["cairn.lab"]}');
  expect(readConfig(['--config', file], {}).allowedHosts).toEqual(['cairn.lab']);
});

test('a database is a URL of PostgreSQL; what is none is refused without being shown', () => {
  const database = 'postgres://ada:hunter2@db.lab/cairn';
  expect(readConfig([], { CAIRN_DATABASE: database }).database).toBe(database);
  expect(readConfig([], {}).database).toBeUndefined();
  for (const wrong of ['mysql://ada:hunter2@db.lab/cairn', 'ada:hunter2@db.lab/cairn', 'hunter2']) {
    const read = () => readConfig(['--database', wrong], {});
    expect(read).toThrow('Setting database: expected postgres://user:password@host:port/name');
    expect(read).not.toThrow('hunter2');
  }
});

test.each([
  [['--port', 'http'], {}, 'port'],
  [['--port', ''], {}, 'port'],
  [['--port', '70000'], {}, 'port'],
  [['--port', '80.5'], {}, 'port'],
  [[], { CAIRN_LOG_LEVEL: 'loud' }, 'logLevel'],
  [[], { CAIRN_BODY_LIMIT_MIB: '-1' }, 'bodyLimitMib'],
  [['--prot', '80'], {}, '--prot'],
  [['server'], {}, 'server'],
])('flags %j and environment %j are refused, naming %s', (flags, env, name) => {
  expect(() => readConfig(flags, env)).toThrow(Fault);
  expect(() => readConfig(flags, env)).toThrow(name);
});

test('a wrong value is told in a sentence: what was expected, what came, and where it is set', () => {
  expect(() => readConfig(['--port', 'abc'], {})).toThrow(
    'Setting port: expected a whole number from 0 to 65535, got "abc" (--port, CAIRN_PORT).',
  );
  const secret = { CAIRN_DATABASE: 'mysql://ana:secret@db' };
  expect(() => readConfig([], secret)).toThrow(/^Setting database: expected postgres:(?!.*secret).*$/);
});

test.each([
  [['--auth', 'open'], 'auth'],
  [['--trusted-proxies', '10.0.0.0/33'], 'trustedProxies'],
  [['--trusted-proxies', 'proxy.lab'], 'trustedProxies'],
  [['--trusted-proxies', '10.0.0.1,*'], 'trustedProxies'],
  [['--public-url', 'cairn.lab'], 'publicUrl'],
  [['--public-url', 'https://ana:secret@cairn.lab'], 'publicUrl'],
  [['--base-path', 'cairn'], 'basePath'],
  [['--tls-cert', 'a.pem'], '--tls-key'],
  [['--tls-key', 'a.pem'], '--tls-cert'],
])('%j is refused, naming %s', (flags, name) => {
  expect(() => readConfig(flags, {})).toThrow(name);
});

test('settings of a team are read from flags, variables and a file alike', () => {
  const file = configFile('{"auth": "team", "trustedProxies": ["10.0.0.0/8", "2001:db8::/32"]}');
  const env = { CAIRN_INSECURE_HTTP: 'true', CAIRN_PUBLIC_URL: 'https://cairn.lab/' };
  expect(readConfig(['--config', file, '--base-path', '/ml/'], env)).toMatchObject({
    auth: 'team',
    trustedProxies: ['10.0.0.0/8', '2001:db8::/32'],
    insecureHttp: true,
    publicUrl: 'https://cairn.lab',
    basePath: '/ml',
  });
  expect(readConfig(['--insecure-http'], {}).insecureHttp).toBe(true);
});

test.each([
  ['{"port": null}', 'port'],
  ['{"prot": 80}', 'prot'],
  ['[1]', 'JSON object'],
  ['{', 'JSON object'],
])('a config file with %s is refused, naming %s', (content, name) => {
  expect(() => readConfig(['--config', configFile(content)], {})).toThrow(name);
});

test('a config file that is not there is named', () => {
  expect(() => readConfig(['--config', join(folder, 'absent.json')], {})).toThrow('absent.json');
});
