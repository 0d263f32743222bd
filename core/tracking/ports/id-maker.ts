import type { ModelId, RunId } from '#core/domain/ids.ts';

/** New identities. Each call returns one that was never returned before, also after a restart. */
export interface IdMaker {
  runId(): RunId;
  modelId(): ModelId;
  /** A readable random name such as `calm-otter-482`; may repeat. */
  name(): string;
}
