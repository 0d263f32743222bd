import type { FastifyRequest } from 'fastify';
import { Fault } from '#core/domain/fault.ts';

// Where parts of a file cannot come together, a refusal whose message begins so makes the client send the file whole:
// Python clients about 2.9 leave out of the path whose file it is (2.14 does not), so that their own server loses it.

const FALL_BACK = 'Multipart upload is not supported for the current artifact repository';
const CLIENT = /^mlflow-python-client\/(\d+)\.(\d+)/;

/** Of a request to begin an upload below some path. @throws Fault `unsupported` when one of those clients sent it. */
export function assertOwnerNamed(request: FastifyRequest): void {
  const [, major, minor] = CLIENT.exec(request.headers['user-agent'] ?? '') ?? [];
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 14)) throw withoutOwner();
}

/** Of a request that no route has taken. @throws Fault `unsupported` when it would begin an upload below no path at all. */
export function assertPathNamed(request: FastifyRequest): void {
  if (/\/mlflow-artifacts\/mpu\/create(\?|$)/.test(request.url)) throw withoutOwner();
}

function withoutOwner(): Fault {
  return new Fault('unsupported', `${FALL_BACK}: the path does not say whose file it is.`, { field: 'path' });
}
