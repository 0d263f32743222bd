import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '#core/contract/client.ts';
import { startServer, type RunningServer } from '../running-server.ts';

// Rows 6 and 26: what is tried against log-ins without knowing anything. The server believes this machine's
// X-Forwarded-For, so that the tests are as many strangers as they like and no limit answers for the check.

const PASSWORD = 'four words are enough';
const NAMES = [
  'admin',
  'root',
  'cairn',
  'mlflow',
  'user',
  'test',
  'demo',
  'guest',
  'operator',
  'administrator',
];
const WORDS = ['admin', 'password1234', 'changeme', 'root', '123456789012', ''];
const SAMPLES = 60;

let server: RunningServer;
let setupToken: string;
let strangers = 0;
beforeAll(async () => {
  server = await startServer({
    args: ['--auth', 'team', '--trusted-proxies', '127.0.0.1', '--log-level', 'error'],
  });
  setupToken = /\/setup#token=(\S+)/.exec(server.stdout)?.[1] ?? '';
});
afterAll(() => server.stop());

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  strangers += 1;
  const from = `10.${(strangers >> 16) & 255}.${(strangers >> 8) & 255}.${strangers & 255}`;
  const began = performance.now();
  const answer = await fetch(server.origin + path, {
    method,
    headers: {
      'x-forwarded-for': from,
      origin: server.origin,
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    cookies: answer.headers.getSetCookie(),
    ms: performance.now() - began,
  };
}

const logIn = (name: string, password: string) => ask('POST', '/api/session', { name, password });

test('6 no default credential and no open sign-up: a fresh server lets nobody in but who read its console', async () => {
  const tried = NAMES.flatMap((name) => WORDS.map((word) => [name, word] as const));
  expect(tried.length).toBeGreaterThanOrEqual(50);
  const everyWay = async (): Promise<void> => {
    for (const [name, word] of tried) {
      const basic = `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}`;
      const answers = [
        await logIn(name, word),
        await ask('GET', '/api/projects', undefined, { authorization: basic }),
        await ask('GET', '/api/2.0/mlflow/experiments/search', undefined, {
          authorization: `Bearer ${word || 'x'}`,
        }),
      ];
      expect([name, word, ...answers.map(({ status }) => status)]).toEqual([name, word, 401, 401, 401]);
      expect(answers.flatMap(({ cookies }) => cookies)).toEqual([]);
    }
  };
  await everyWay();
  const self = { name: 'eve', password: PASSWORD };
  for (const [method, path, body] of [
    ['POST', '/api/accounts', { kind: 'user', ...self }],
    ['POST', '/api/2.0/mlflow/users/create', { username: 'eve', password: PASSWORD }],
    ['POST', '/api/setup', { token: '', ...self }],
    ['POST', '/api/setup', { token: 'setup', ...self }],
    ['POST', '/api/invitations/accept', { token: '', password: PASSWORD }],
  ] as const) {
    const { status } = await ask(method, path, body);
    expect([path, status]).toEqual([path, expect.toBeOneOf([400, 401])]);
  }
  const origin = server.origin;
  await createClient(origin, { headers: { origin } }).setUp({
    body: { token: setupToken, name: 'ana', password: PASSWORD },
  });
  expect((await ask('POST', '/api/setup', { token: setupToken, ...self })).status).toBe(400);
  await everyWay();
});

test('26 a name that is nobody’s takes as long to refuse as a wrong password, and is told the same', async () => {
  const wrong: number[] = [];
  const unknown: number[] = [];
  const cheap: number[] = [];
  const said = new Set<string>();
  await logIn('nobody', 'first of all');
  for (let n = 0; n < SAMPLES; n += 1) {
    // By turns, so that whatever else the machine does meets all alike.
    const answers = [await logIn('ana', `wrong ${n}`), await logIn(`nobody${n}`, `wrong ${n}`)] as const;
    for (const { status, text } of answers) said.add(`${status} ${withoutRequest(text)}`);
    wrong.push(answers[0].ms);
    unknown.push(answers[1].ms);
    cheap.push((await ask('GET', '/api/session')).ms);
  }
  expect(said.size).toBe(1);
  expect(howOftenLonger(wrong, unknown)).toBeGreaterThan(0.25);
  expect(howOftenLonger(wrong, unknown)).toBeLessThan(0.75);
  // The scales can tell: an answer without a password to check is nearly always quicker.
  expect(howOftenLonger(wrong, cheap)).toBeGreaterThan(0.9);
});

/** Each answer names its own request. */
function withoutRequest(text: string): string {
  return text.replace(/"requestId":"[^"]*"/, '');
}

/** Of all pairs the share in which the first takes longer (Mann–Whitney): 0.5 when they cannot be told apart. */
function howOftenLonger(first: readonly number[], second: readonly number[]): number {
  const longer = first.flatMap((a) => second.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
  return longer.reduce((sum, one) => sum + one, 0) / longer.length;
}
