import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Fault } from '#core/domain/fault.ts';
import { readConfig } from './config.ts';

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
