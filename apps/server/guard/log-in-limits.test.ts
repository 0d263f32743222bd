import { expect, test } from 'vitest';
import { CappedLimiter } from './capped-limiter.ts';
import { countedAddress } from './counted-address.ts';
import { LogInLimits } from './log-in-limits.ts';

const REFUSED = { code: 'rate_limited' };

/** How many tries get through until one is refused. */
async function triesOf(ask: (n: number) => Promise<void>, most = 200): Promise<number> {
  for (let n = 0; n < most; n += 1) {
    const refused = await ask(n).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refused === undefined) continue;
    expect(refused).toMatchObject(REFUSED);
    return n;
  }
  return most;
}

test('a name is one name however it is typed', async () => {
  const limits = new LogInLimits();
  const typed = ['ana', ' ana', 'ANA ', '\tAna\n', `${' '.repeat(90)}ana`];
  expect(await triesOf((n) => limits.allow({ ip: '192.0.2.7' }, typed[n % typed.length] ?? ''))).toBe(10);
  limits.forget({ ip: '192.0.2.7' }, '  aNa');
  expect(await triesOf(() => limits.allow({ ip: '192.0.2.7' }, 'ana'))).toBe(10);
});

test('addresses of one IPv6 network are one address', async () => {
  const limits = new LogInLimits();
  const ip = (n: number): string => `2001:db8:0:7:${n.toString(16)}::${n.toString(16)}`;
  expect(await triesOf((n) => limits.allow({ ip: ip(n) }, `name${n}`))).toBe(50);
  await limits.allow({ ip: '2001:db8:0:8::1' }, 'name0');
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['2001:0DB8:0001::5', '2001:db8:1:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['no address', 'no address'],
])('%s is counted as %s', (ip, counted) => {
  expect(countedAddress(ip)).toBe(counted);
});

test('refused tries leave nothing behind, whatever name or address they come with', async () => {
  const limits = new LogInLimits();
  await triesOf((n) => limits.allow({ ip: '192.0.2.7' }, `name${n}`));
  const full = limits.size;
  for (let n = 0; n < 1000; n += 1) {
    await expect(limits.allow({ ip: '192.0.2.7' }, `further${n}`)).rejects.toMatchObject(REFUSED);
  }
  expect(limits.size).toBe(full);
  expect(await triesOf((n) => limits.allow({ ip: `192.0.3.${n}` }, 'ben'))).toBe(100);
  const known = limits.size;
  for (let n = 0; n < 1000; n += 1) {
    await expect(limits.allow({ ip: `198.51.${n >> 8}.${n & 255}` }, 'ben')).rejects.toMatchObject(REFUSED);
  }
  expect(limits.size).toBe(known);
});

test('beyond the capacity the longest unused count is forgotten', async () => {
  const limiter = new CappedLimiter('test', 2, 60, 3);
  for (const key of ['a', 'a', 'b', 'b', 'c', 'a']) await limiter.consume(key).catch(() => undefined);
  expect(await Promise.all(['a', 'b', 'c'].map(async (key) => (await limiter.waitMs(key)) > 0))).toEqual([
    true,
    true,
    false,
  ]);
  await limiter.consume('d');
  expect(limiter.size).toBe(3);
  expect(await limiter.waitMs('b')).toBe(0);
  expect(await limiter.waitMs('a')).toBeGreaterThan(0);
});
