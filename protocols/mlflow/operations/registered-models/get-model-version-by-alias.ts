import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { findVersion } from '#core/tracking/registry/find-version.ts';
import { operation } from '../../operation.ts';
import { nonEmpty } from '../../wire/fields.ts';
import { presentVersionWithAliases } from '../../wire/present-registry.ts';

export const getModelVersionByAlias = operation({
  methods: ['GET'],
  path: '/mlflow/registered-models/alias',
  permission: 'registry:read',
  request: z.object({ name: nonEmpty, alias: nonEmpty }),
  async handle({ ports, principal, workspace }, { alias, name }) {
    const ask = { workspace, name, version: { alias } };
    const { model, version } = await findVersion(ports, principal, ask).catch(sayMissingAlias);
    return { model_version: presentVersionWithAliases(model, version) };
  },
});

/** An alias that is not there is a wrong parameter in MLflow's words: clients look for exactly that. */
function sayMissingAlias(error: unknown): never {
  if (!(error instanceof Fault && error.details.subject === 'alias')) throw error;
  throw new Fault('invalid', error.message, { field: 'alias' }, error);
}
