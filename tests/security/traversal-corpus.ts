// Ways out of a folder, spelled in every way that was a CVE of a tracking server or of what it is built on: plain,
// encoded once to three times, half encoded, with the separators of other systems, with parameters, fragments and
// queries that hide the end of a path, absolute, with a drive, with a scheme, through /proc.
import { PROC_ROOT } from './proc-root.ts';

/** What a climb begins and goes on with. */
const UPS = [
  '..',
  '.',
  '...',
  '....',
  '..\u0000',
  '.. ',
  '..%20',
  '%2e%2e',
  '%2e.',
  '.%2e',
  '%252e%252e',
  '%25252e%25252e',
  '%c0%ae%c0%ae',
  '%e0%80%ae%e0%80%ae',
  '%u002e%u002e',
  '．．',
  '‥',
  '․․',
  '..;',
  '..;a=b',
  '..#',
  '..?',
  '..%00',
  '..%0a',
  '..%09',
  '..%23',
  '..%3b',
  '..%3f',
];
const SEPARATORS = [
  '/',
  '//',
  '\\',
  '%2f',
  '%2F',
  '%5c',
  '%252f',
  '%255c',
  '%25252f',
  '%c0%af',
  '%e0%80%af',
  '∕',
  '／',
  ';/',
  '/./',
  '%2f%2f',
  '/%2e/',
];

/** Places that no path of a client may name, whatever lies there. */
const TARGETS = ['secret.txt', 'etc/passwd', 'cairn.db', 'cairn-store.json', 'LOCK.db'];

const ABSOLUTE = (target: string): readonly string[] => [
  `/${target}`,
  `//${target}`,
  `///${target}`,
  `//${PROC_ROOT}/${target}`,
  `/proc/self/cwd/${target}`,
  `/proc/self/fd/0/../../${target}`,
  `%2f${target}`,
  `%252f${target}`,
  `\\${target}`,
  `\\\\127.0.0.1\\c$\\${target}`,
  `C:\\${target}`,
  `C:/${target}`,
  `c:${target}`,
  `file:///${target}`,
  `file:/${target}`,
  `file://localhost/${target}`,
  `FILE:///${target}`,
  `file:${target}`,
  `mlflow-artifacts:/../${target}`,
  `mlflow-artifacts:/..%2f${target}`,
  `mlflow-artifacts://host/../../${target}`,
  `runs:/../${target}`,
  `models:/../${target}`,
  `http://169.254.169.254/${target}`,
  `http://127.0.0.1:1/${target}`,
  `s3://bucket/../../${target}`,
  `s3://bucket/a#/../../${target}`,
  `s3://bucket/a?/../../${target}`,
  `s3://bucket/a;/../../${target}`,
  `dbfs:/../${target}`,
  `~/${target}`,
  `$HOME/${target}`,
  `\`id\`/${target}`,
];

/** Names that are odd and lead nowhere: NUL, control characters, reserved and endless names, marks that turn text round. */
const ODD: readonly string[] = [
  '\u0000',
  'a\u0000.txt',
  'a\u0000/../secret.txt',
  'CON',
  'NUL.txt',
  'aux',
  'COM1',
  'a.',
  'a ',
  ' ',
  '.',
  '..',
  '...',
  '',
  'a//b',
  '/',
  '//',
  '\u202ecod.exe',
  'a\r\nset-cookie: x=1',
  'a\nb',
  'é',
  'e\u0301',
  'a'.repeat(4096),
  'a/'.repeat(2047),
  '__proto__',
  'constructor/prototype',
  'a%',
  '%',
  '%%',
  '%zz',
  '%00',
  '%ff%fe',
  '\ud800',
];

/** Every spelling once. They are texts, to be sent as they are and percent-encoded. */
export const SPELLINGS: readonly string[] = [
  ...new Set([
    ...UPS.flatMap((up) => SEPARATORS.map((separator) => `${up}${separator}secret.txt`)),
    ...UPS.map((up) => `a/${up}/${up}/secret.txt`),
    ...SEPARATORS.flatMap((separator) => TARGETS.map((target) => `..${separator}`.repeat(6) + target)),
    ...TARGETS.flatMap(ABSOLUTE),
    ...ODD,
  ]),
];

/** Whether a text climbs out of its folder once it is read as a path by anybody, however often that decodes. */
export function climbs(text: string): boolean {
  let path = text;
  for (let round = 0; round < 5; round += 1) {
    if (/(^|[/\\])\.\.([/\\]|$)/.test(path)) return true;
    path = path.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
  }
  return false;
}
