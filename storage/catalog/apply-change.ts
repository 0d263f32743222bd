import { applyArtifact } from './registry/apply/apply-artifact.ts';
import type { Change } from '#core/tracking/ports/change.ts';
import { applyCare } from './apply-care.ts';
import { applyFile } from './apply-file.ts';
import { applyIdentity } from './apply-identity.ts';
import { applyModel } from './apply-model.ts';
import { applyPoints } from './apply-points.ts';
import { applyProject } from './apply-project.ts';
import { purgeProject, purgeRun } from './apply-purge.ts';
import { applyRun } from './apply-run.ts';
import { applyWorkspace } from './apply-workspace.ts';
import type { Applying } from './applying.ts';
import { recordAudit } from './audit-log.ts';
import { applyRegistry } from './registry/apply/apply-registry.ts';

/** Applies one change over all before it. @throws the Fault that its member of `Change` documents. */
export async function applyChange(applying: Applying, change: Change): Promise<void> {
  switch (change.kind) {
    case 'create-workspace':
    case 'update-workspace':
    case 'delete-workspace':
      await applyWorkspace(applying, change);
      break;
    case 'create-project':
    case 'rename-project':
    case 'delete-project':
    case 'restore-project':
    case 'set-project-tags':
    case 'delete-project-tag':
    case 'set-objective':
      await applyProject(applying, change);
      break;
    case 'create-run':
    case 'update-run':
    case 'delete-run':
    case 'restore-run':
    case 'set-params':
    case 'set-tags':
    case 'delete-tag':
    case 'add-inputs':
    case 'add-outputs':
      await applyRun(applying, change);
      break;
    case 'produce-artifact':
    case 'use-artifact':
      await applyArtifact(applying, change);
      break;
    case 'create-model':
    case 'finalise-model':
    case 'set-model-params':
    case 'set-model-tags':
    case 'delete-model-tag':
    case 'delete-model':
      await applyModel(applying, change);
      break;
    case 'put-file':
    case 'delete-files':
      await applyFile(applying, change);
      break;
    case 'purge-run':
      await purgeRun(applying, change);
      break;
    case 'purge-project':
      await purgeProject(applying, change);
      break;
    case 'condemn-blobs':
    case 'forget-blobs':
    case 'forget-receipts':
      await applyCare(applying, change);
      break;
    case 'log-points':
      await applyPoints(applying, change);
      break;
    case 'record-audit':
      await recordAudit(applying, change);
      break;
    case 'create-account':
    case 'update-account':
    case 'set-password':
    case 'create-key':
    case 'revoke-key':
    case 'touch-key':
    case 'create-team':
    case 'update-team':
    case 'delete-team':
    case 'set-role':
    case 'open-session':
    case 'touch-session':
    case 'end-session':
    case 'end-sessions':
    case 'create-invitation':
    case 'use-invitation':
      await applyIdentity(applying, change);
      break;
    case 'create-registered-model':
    case 'update-registered-model':
    case 'delete-registered-model':
    case 'set-registered-tags':
    case 'delete-registered-tag':
    case 'declare-gates':
    case 'register-version':
    case 'update-version':
    case 'delete-version':
    case 'set-version-tags':
    case 'delete-version-tag':
    case 'promote':
    case 'remove-alias':
    case 'refuse-promotion':
    case 'ask-promotion':
    case 'decide-promotion':
    case 'withdraw-promotion':
    case 'record-evaluations':
    case 'start-deployment':
    case 'end-deployment':
      await applyRegistry(applying, change);
      break;
  }
}
