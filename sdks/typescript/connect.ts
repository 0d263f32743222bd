import { createClient, type Client } from '#core/contract/client.ts';
import { currentHost } from './host.ts';
import { targetOf, type TargetOptions } from './target.ts';

/**
 * Every call of the native API by name: `api.registerVersion(…)`, `api.promoteVersion(…)`, `api.recordEvaluations(…)`. Nothing is
 * asked twice: to register again is another version. A refusal rejects with `ApiError`.
 */
export async function connect(options: TargetOptions = {}): Promise<Client> {
  const { defaults, server } = targetOf(await currentHost(), options);
  return createClient(server, defaults);
}
