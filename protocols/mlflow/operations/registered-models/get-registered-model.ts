import { z } from 'zod';
import { findRegisteredModel } from '#core/tracking/registry/find-registered-model.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { withLatest } from './with-latest.ts';

export const getRegisteredModel = operation({
  methods: ['GET'],
  path: '/mlflow/registered-models/get',
  permission: 'registry:read',
  request: z.object({ name: nonEmpty }),
  async handle({ ports, principal, workspace }, { name }) {
    return withLatest(ports, await findRegisteredModel(ports, principal, { workspace, name }));
  },
});
