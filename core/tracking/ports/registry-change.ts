import type { Deployment, Evaluation } from '#core/domain/evaluation.ts';
import type { TreeOwner } from '#core/domain/file-tree.ts';
import type { Approval, CheckResult, Gate } from '#core/domain/gate.ts';
import type { ProjectId, PromotionId, RegisteredModelId, WorkspaceId } from '#core/domain/ids.ts';
import type { ModelVersion, PromotionTarget, VersionRef } from '#core/domain/registry.ts';
import type { Tag } from './change.ts';

// Changes of the registry. Each writes one entry of the model's log (`RegistryEntry`) by the commit's actor, at its time, unless it
// changes nothing; `reason` becomes the entry's. All but `create-registered-model` are `not_found` (missing) without
// the model, or when it is deleted; those that name a version also without it, or when that is deleted.

export type RegistryChange =
  /** `not_found` without the workspace; `conflict` (exists) when it has a model of that name that is not deleted, or the id is taken. */
  | {
      readonly kind: 'create-registered-model';
      readonly id: RegisteredModelId;
      readonly workspace: WorkspaceId;
      readonly name: string;
      readonly description: string;
      readonly tags: readonly Tag[];
    }
  /** Sets what is present. `conflict` (exists) when the name is taken. */
  | {
      readonly kind: 'update-registered-model';
      readonly model: RegisteredModelId;
      readonly name?: string;
      readonly description?: string;
      readonly owner?: string;
    }
  /** Hides it with its versions and frees its name. Its log and the manifests of its versions stay. Open promotions are withdrawn, deployments ended. `revision` as for `promote`. */
  | {
      readonly kind: 'delete-registered-model';
      readonly model: RegisteredModelId;
      readonly reason: string;
      readonly revision?: number;
    }
  | { readonly kind: 'set-registered-tags'; readonly model: RegisteredModelId; readonly tags: readonly Tag[] }
  /** Of a tag that is not there: changes nothing. */
  | { readonly kind: 'delete-registered-tag'; readonly model: RegisteredModelId; readonly key: string }
  /** Replaces all gates. */
  | {
      readonly kind: 'declare-gates';
      readonly model: RegisteredModelId;
      readonly gates: readonly Gate[];
      readonly reason: string;
    }
  /**
   * Gives the model's next number, in the receipt's `versions`. Seals what is below `folder` of `tree` within this commit, with paths relative
   * to it, as an artifact version of type `model` and of the registered model's name; with no files, or without a tree, there is no manifest. The model's
   * `project` becomes `project` if it had none. A logged model also gets its `mlflow.modelVersions` tag.
   * `not_found` without run or logged model.
   */
  | {
      readonly kind: 'register-version';
      readonly model: RegisteredModelId;
      readonly version: Pick<
        ModelVersion,
        | 'description'
        | 'userId'
        | 'run'
        | 'loggedModel'
        | 'source'
        | 'storageLocation'
        | 'runLink'
        | 'objective'
      >;
      readonly tags: readonly Tag[];
      readonly project?: ProjectId;
      readonly tree?: { readonly owner: TreeOwner; readonly folder: string };
    }
  /** Sets what is present; `deprecated: null` offers it again. A deprecation for the reason that stands changes nothing; its reason becomes the entry's. */
  | {
      readonly kind: 'update-version';
      readonly version: VersionRef;
      readonly description?: string;
      readonly deprecated?: { readonly reason: string } | null;
    }
  /** Hides it and takes its aliases away. Its open promotions are withdrawn, its deployments ended. `revision` as for `promote`. */
  | {
      readonly kind: 'delete-version';
      readonly version: VersionRef;
      readonly reason: string;
      readonly revision?: number;
    }
  | { readonly kind: 'set-version-tags'; readonly version: VersionRef; readonly tags: readonly Tag[] }
  /** Of a tag that is not there: changes nothing. */
  | { readonly kind: 'delete-version-tag'; readonly version: VersionRef; readonly key: string }
  /**
   * The version gets the alias or the stage. An alias leaves whoever had it. Changes nothing when it has it already. Open promotions of
   * other versions to the same alias become `superseded`; the one of this version to this target becomes `done`.
   * `conflict` (wrong-state) when `revision` is given and no longer the model's: look again, and decide again.
   */
  | {
      readonly kind: 'promote';
      readonly version: VersionRef;
      readonly target: PromotionTarget;
      readonly reason: string;
      readonly revision?: number;
      /** What the gate looked at; kept in the log. */
      readonly checks: readonly CheckResult[];
      /** Moves every other version of this stage to `archived`. */
      readonly archiveOthers?: boolean;
      readonly isRollback?: boolean;
    }
  /** Of an alias that is not there: changes nothing. `revision` as for `promote`. */
  | {
      readonly kind: 'remove-alias';
      readonly model: RegisteredModelId;
      readonly alias: string;
      readonly reason: string;
      readonly revision?: number;
    }
  /** Writes down that a gate refused; nothing else changes. */
  | {
      readonly kind: 'refuse-promotion';
      readonly version: VersionRef;
      readonly target: PromotionTarget;
      readonly reason: string;
      readonly checks: readonly CheckResult[];
    }
  /** Opens a promotion. An open one for the same version and target becomes `superseded`; its approvals leave it for the new one. `conflict` (exists) when the id is taken. */
  | {
      readonly kind: 'ask-promotion';
      readonly archiveOthers: boolean;
      readonly id: PromotionId;
      readonly version: VersionRef;
      readonly target: PromotionTarget;
      readonly reason: string;
    }
  /** Adds the actor's word. A rejection closes the promotion. `not_found` without it; `invalid` (wrong-state) unless it is open. */
  | {
      readonly kind: 'decide-promotion';
      readonly role: Approval['role'];
      readonly promotion: PromotionId;
      readonly decision: Approval['decision'];
      readonly reason: string;
    }
  /** `not_found`; `invalid` (wrong-state) unless it is open. */
  | { readonly kind: 'withdraw-promotion'; readonly promotion: PromotionId; readonly reason: string }
  /** Appends; the store gives the numbers. One entry of the log for all of one change, and none when `isRoutine`: a production figure each minute is no act of anybody. */
  | {
      readonly kind: 'record-evaluations';
      readonly version: VersionRef;
      readonly evaluations: readonly Omit<Evaluation, 'number' | 'version' | 'by'>[];
      readonly isRoutine: boolean;
    }
  /** Ends what the model ran in that environment, when this one starts (not before each started), unless `isBeside`. `conflict` (exists) when the id is taken. */
  | {
      readonly kind: 'start-deployment';
      readonly deployment: Pick<Deployment, 'id' | 'version' | 'environment' | 'startedAt' | 'url'>;
      readonly isBeside: boolean;
      readonly reason: string;
    }
  /** `not_found`; to end what has ended changes nothing. */
  | {
      readonly kind: 'end-deployment';
      readonly deployment: Deployment['id'];
      readonly endedAt: number;
      readonly reason: string;
    };
