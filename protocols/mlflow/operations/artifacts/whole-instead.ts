import type { FastifyRequest } from 'fastify';
import { Fault } from '#core/domain/fault.ts';

// Python clients about 2.9 that send a file in parts leave out of the path whose file it is (2.14 does not): no server can
// know where it belongs, and their own loses it. At a message that begins so they send it whole, to its right address.

const FALL_BACK = 'Multipart upload is not supported for the current artifact repository';
const CLIENT = /^mlflow-python-client\/(\d+)\.(\d+)/;

/** Of a request to begin an upload below some path. @throws Fault `unsupported` when one of those clients sent it. */
export function assertOwnerNamed(request: FastifyRequest): void {
  const [, major, minor] = CLIENT.exec(request.headers['user-agent'] ?? '') ?? [];
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 14)) throw wholeInstead();
}

/** Of a request that no route has taken. @throws Fault `unsupported` when it would begin an upload below no path at all. */
export function assertPathNamed(request: FastifyRequest): void {
  if (/\/mlflow-artifacts\/mpu\/create(\?|$)/.test(request.url)) throw wholeInstead();
}

function wholeInstead(): Fault {
  return new Fault('unsupported', `${FALL_BACK}: the path does not say whose file it is.`, { field: 'path' });
}
