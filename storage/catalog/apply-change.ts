import type { Change } from '#core/tracking/ports/change.ts';
import { applyFile } from './apply-file.ts';
import { applyModel } from './apply-model.ts';
import { applyPoints } from './apply-points.ts';
import { applyProject } from './apply-project.ts';
import { applyRun } from './apply-run.ts';
import type { Applying } from './applying.ts';

/** Applies one change over all before it. @throws the Fault that its member of `Change` documents. */
export async function applyChange(applying: Applying, change: Change): Promise<void> {
  switch (change.kind) {
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
    case 'log-points':
      await applyPoints(applying, change);
      break;
  }
}
