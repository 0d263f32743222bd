import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { Fault, type FaultCode } from '#core/domain/fault.ts';
import { sendFault } from '#protocols/native/faults.ts';
import { sendMlflowFault } from './faults.ts';

const TABLE: Record<FaultCode, [status: number, errorCode: string, native: number]> = {
  invalid: [400, 'INVALID_PARAMETER_VALUE', 400],
  unauthenticated: [401, 'UNAUTHENTICATED', 401],
  forbidden: [403, 'PERMISSION_DENIED', 403],
  not_found: [404, 'RESOURCE_DOES_NOT_EXIST', 404],
  conflict: [400, 'RESOURCE_ALREADY_EXISTS', 409],
  gone: [404, 'RESOURCE_DOES_NOT_EXIST', 410],
  too_large: [413, 'INVALID_PARAMETER_VALUE', 413],
  rate_limited: [429, 'REQUEST_LIMIT_EXCEEDED', 429],
  unsupported: [501, 'NOT_IMPLEMENTED', 501],
  unavailable: [503, 'TEMPORARILY_UNAVAILABLE', 503],
  corrupt: [500, 'DATA_LOSS', 500],
  internal: [500, 'INTERNAL_ERROR', 500],
};

async function answers(error: unknown) {
  const thrown = (handler: typeof sendFault) => {
    const app = Fastify();
    app.setErrorHandler(handler);
    app.get('/', () => {
      throw error;
    });
    return app.inject('/');
  };
  return { mlflow: await thrown(sendMlflowFault), native: await thrown(sendFault) };
}

test.each(Object.entries(TABLE))(
  '%s has its word on both wires',
  async (code, [status, errorCode, natively]) => {
    const { mlflow, native } = await answers(new Fault(code as FaultCode, 'why', {}, new Error('secret')));
    expect(mlflow.statusCode).toBe(status);
    expect(mlflow.json()).toEqual({ error_code: errorCode, message: 'why' });
    expect(native.statusCode).toBe(natively);
    expect(native.json()).toMatchObject({ error: { code, message: 'why' } });
  },
);

test('overload always says when to come back, and nothing else does', async () => {
  for (const code of Object.keys(TABLE) as FaultCode[]) {
    const isOverload = code === 'unavailable' || code === 'rate_limited';
    const { mlflow, native } = await answers(new Fault(code, 'why'));
    for (const answer of [mlflow, native]) expect('retry-after' in answer.headers).toBe(isOverload);
    const exact = await answers(new Fault(code, 'why', { retryAfterSeconds: 7 }));
    expect(exact.mlflow.headers['retry-after']).toBe('7');
  }
});

test('anything else that is thrown is an incident without its words', async () => {
  for (const error of [new Error('secret'), new TypeError('secret'), 'secret']) {
    const { mlflow, native } = await answers(error);
    expect([mlflow.statusCode, native.statusCode]).toEqual([500, 500]);
    expect(mlflow.body + native.body).not.toContain('secret');
  }
});

test('a full disk is 503: it may be retried', async () => {
  const { mlflow } = await answers(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }));
  expect(mlflow).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
});
