import type { RegistryChange } from '#core/tracking/ports/registry-change.ts';
import type { Applying } from '../../applying.ts';
import { endDeployment, recordEvaluations, startDeployment } from './apply-performance.ts';
import { promote, refusePromotion, removeAlias } from './apply-promote.ts';
import { askPromotion, decidePromotion, withdrawPromotion } from './apply-promotion.ts';
import { registerVersion } from './apply-register.ts';
import {
  createRegistered,
  declareGates,
  deleteRegistered,
  deleteRegisteredTag,
  setRegisteredTags,
  updateRegistered,
} from './apply-registered-model.ts';
import { deleteVersion, deleteVersionTag, setVersionTags, updateVersion } from './apply-version.ts';

/** The registry is written at once: it changes seldom next to runs, and readers have their own memory of its models. */
export async function applyRegistry(applying: Applying, change: RegistryChange): Promise<void> {
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
