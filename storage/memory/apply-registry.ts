import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import { endDeployment, startDeployment } from './apply-deployment.ts';
import { recordEvaluations } from './apply-evaluation.ts';
import { askPromotion, decidePromotion, withdrawPromotion } from './apply-promotion.ts';
import {
  createRegistered,
  declareGates,
  deleteRegistered,
  setRegisteredTags,
  deleteRegisteredTag,
  updateRegistered,
} from './apply-registered-model.ts';
import { promote, refusePromotion, removeAlias } from './apply-promote.ts';
import { deleteVersion, deleteVersionTag, setVersionTags, updateVersion } from './apply-version.ts';
import { registerVersion } from './apply-register.ts';
import type { Applying } from './state.ts';

export function applyRegistry(applying: Applying, change: RegistryChange): void {
  switch (change.kind) {
    case 'create-registered-model':
      return createRegistered(applying, change);
    case 'update-registered-model':
      return updateRegistered(applying, change);
    case 'delete-registered-model':
      return deleteRegistered(applying, change);
    case 'set-registered-tags':
      return setRegisteredTags(applying, change);
    case 'delete-registered-tag':
      return deleteRegisteredTag(applying, change);
    case 'declare-gates':
      return declareGates(applying, change);
    case 'register-version':
      return registerVersion(applying, change);
    case 'update-version':
      return updateVersion(applying, change);
    case 'delete-version':
      return deleteVersion(applying, change);
    case 'set-version-tags':
      return setVersionTags(applying, change);
    case 'delete-version-tag':
      return deleteVersionTag(applying, change);
    case 'promote':
      return promote(applying, change);
    case 'remove-alias':
      return removeAlias(applying, change);
    case 'refuse-promotion':
      return refusePromotion(applying, change);
    case 'ask-promotion':
      return askPromotion(applying, change);
    case 'decide-promotion':
      return decidePromotion(applying, change);
    case 'withdraw-promotion':
      return withdrawPromotion(applying, change);
    case 'record-evaluations':
      return recordEvaluations(applying, change);
    case 'start-deployment':
      return startDeployment(applying, change);
    case 'end-deployment':
      return endDeployment(applying, change);
  }
}
