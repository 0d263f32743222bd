import type { AccountId, KeyId, TeamId } from '#core/domain/account.ts';
import type { DeploymentId, ModelId, PromotionId, RegisteredModelId, RunId } from '#core/domain/ids.ts';

/** New identities. Each call returns one that was never returned before, also after a restart. */
export interface IdMaker {
  runId(): RunId;
  modelId(): ModelId;
  accountId(): AccountId;
  teamId(): TeamId;
  keyId(): KeyId;
  registeredModelId(): RegisteredModelId;
  promotionId(): PromotionId;
  deploymentId(): DeploymentId;
  /** A readable random name such as `calm-otter-482`; may repeat. */
  name(): string;
}
