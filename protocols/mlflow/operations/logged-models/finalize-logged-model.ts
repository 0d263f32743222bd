import { z } from 'zod';
import { finaliseModel } from '#core/tracking/models/change-model.ts';
import { operation } from '../../operation.ts';
import { enumeration, modelOf, text } from '../../wire/fields.ts';
import { presentModel } from '../../wire/present.ts';

const status = enumeration(['LOGGED_MODEL_PENDING', 'LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED']);
const STATUSES = {
  LOGGED_MODEL_PENDING: 'pending',
  LOGGED_MODEL_READY: 'ready',
  LOGGED_MODEL_UPLOAD_FAILED: 'upload_failed',
} as const;

export const finalizeLoggedModel = operation({
  methods: ['PATCH'],
  path: '/mlflow/logged-models/:model_id',
  permission: 'model:write',
  request: z.object({ model_id: text, status }),
  async handle({ ports, principal }, request) {
    const ask = { model: modelOf(request.model_id), status: STATUSES[request.status] };
    return { model: presentModel(await finaliseModel(ports, principal, ask)) };
  },
});
