import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { operation } from '../../operation.ts';

/** Clients fall back to a plain PUT, silently, when the message begins exactly like this. */
const REFUSAL = 'Multipart upload is not supported for the current artifact repository';

export const multipartUpload = operation({
  methods: ['POST'],
  path: '/mlflow-artifacts/mpu/*',
  permission: 'file:write',
  request: z.object({}),
  handle() {
    return Promise.reject(new Fault('unsupported', REFUSAL));
  },
});
