import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** A number, also as the text of a flag or variable; what is no number is refused rather than guessed. */
function number<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\s*\d/.test(value) ? Number(value) : value),
    schema,
  );
}

/** Texts as a list, or in one text between commas. */
function list(isOne: (text: string) => boolean = () => true) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? splitNames(value) : value),
    z.array(z.string().refine(isOne)).default([]),
  );
}

/** For help texts, and the end of the sentence `expected …` that refuses a wrong value. */
const about = (description: string, expected: string) => ({ description, expected });

/** Everything that can be set. A setting is taken from its flag, else CAIRN_<NAME>, else the config file, else the default. */
export const settings = z.strictObject({
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .meta(about('address to listen on; beyond loopback only with --auth team', 'an address of this machine')),
  port: number(z.int().min(0).max(65_535))
    .default(5100)
    .meta(about('port to listen on; 0 takes a free one', 'a whole number from 0 to 65535')),
  data: z
    .string()
    .default('data')
    .meta(about('directory of the store; with a database it holds the files alone', 'a directory')),
  database: z
    .string()
    .refine(isPostgresUrl)
    .optional()
    .meta(
      about(
        'PostgreSQL to keep the store in, as postgres://user:password@host:port/name',
        'postgres://user:password@host:port/name',
      ),
    ),
  auth: z
    .enum(['local', 'team'])
    .default('local')
    .meta(
      about('local: whoever reaches loopback is the owner; team: accounts, keys and roles', 'local or team'),
    ),
  tlsCert: z.string().min(1).optional().meta(about('certificate chain for HTTPS, PEM', 'a file')),
  tlsKey: z.string().min(1).optional().meta(about('private key of the certificate, PEM', 'a file')),
  trustedProxies: list(isNetwork).meta(
    about(
      'addresses of proxies whose X-Forwarded headers are believed, such as 10.0.0.0/8, comma-separated',
      'addresses or networks such as 10.1.2.3 or 10.0.0.0/8',
    ),
  ),
  publicUrl: z
    .string()
    .refine(isPublicUrl)
    .transform((text) => text.replace(/\/+$/, ''))
    .optional()
    .meta(
      about('address under which people reach this server', 'an address such as https://cairn.example.org'),
    ),
  basePath: z
    .string()
    .regex(/^(\/[\w.~-]+)*\/?$/)
    .transform((text) => text.replace(/\/$/, ''))
    .default('')
    .meta(about('path below which the clients’ interfaces are served as well', 'a path such as /cairn')),
  insecureHttp: z
    .preprocess((value) => (value === 'true' || value === '1' ? true : value), z.boolean())
    .default(false)
    .meta(about('team mode beyond loopback without TLS: keys cross the network readable', 'true')),
  sessionIdleDays: number(z.number().positive().max(3650))
    .default(14)
    .meta(about('team mode: after how many days without use a browser’s log-in ends', 'a number of days')),
  sessionDays: number(z.number().positive().max(3650))
    .default(90)
    .meta(about('team mode: after how many days it ends in any case', 'a number of days')),
  allowedHosts: list().meta(
    about('further names under which browsers may reach this server, comma-separated', 'names'),
  ),
  logLevel: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .meta(about('how much is logged', 'trace, debug, info, warn, error, fatal or silent')),
  bodyLimitMib: number(z.number().positive().max(1024))
    .default(64)
    .meta(about('largest request body that is read into memory, MiB', 'a number up to 1024')),
  bodiesLimitMib: number(z.number().positive())
    .default(128)
    .meta(about('memory for all request bodies together, MiB; beyond it 503', 'a positive number')),
  clientTimeoutS: number(z.number().min(0.1).max(3600))
    .default(60)
    .meta(about('how long a client may stall in the middle of a request, seconds', 'a number of seconds')),
  fileLimitMib: number(z.number().positive())
    .default(1024 * 1024)
    .meta(about('largest file that may be uploaded, MiB', 'a positive number')),
});

/** Flags without a value. */
export const SWITCHES: ReadonlySet<string> = new Set(['insecureHttp']);
/** What is never repeated in a message: it may hold a password. */
export const PRIVATE: ReadonlySet<string> = new Set(['database']);

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search + url.hash === ''
  );
}

function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  try {
    new BlockList().addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
    return true;
  } catch {
    return false;
  }
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
