import { isIPv6 } from 'node:net';

/**
 * The address by which tries are counted. Of IPv6 it is the /64 (RFC 4291, 2.5.4): a household or a rented machine has
 * at least that much and may use another address for every try. IPv4 in IPv6 (`::ffff:192.0.2.7`) is IPv4.
 */
export function countedAddress(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [front = '', back] = ip.replace(/%.*$/, '').split('::');
  const before = groupsOf(front);
  const after = groupsOf(back ?? '');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}

/** Without leading zeros; a dotted end counts for the two groups that it stands for. */
function groupsOf(part: string): readonly string[] {
  return part
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => (group.includes('.') ? ['0', '0'] : [Number.parseInt(group, 16).toString(16)]));
}
