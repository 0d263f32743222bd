import { Fault } from '#core/domain/fault.ts';

// The refusals that `core/tracking/ports/change.ts` documents, worded once for every engine. Where MLflow has a
// sentence that its clients know, it is kept.

export function missing(
  subject:
    | 'workspace'
    | 'project'
    | 'run'
    | 'model'
    | 'file'
    | 'tag'
    | 'blob'
    | 'registered model'
    | 'model version'
    | 'promotion'
    | 'deployment'
    | 'artifact',
  message: string,
): Fault {
  return new Fault('not_found', message, { subject, reason: 'missing' });
}

export function noProject(id: string): Fault {
  return missing('project', `No project with id=${id} exists`);
}

export function noRun(id: string): Fault {
  return missing('run', `Run with id=${id} not found`);
}

export function noModel(id: string): Fault {
  return missing('model', `Logged model with ID '${id}' not found.`);
}

export function noTag(subject: 'project' | 'run' | 'model', id: string, key: string): Fault {
  return missing('tag', `No tag with name: ${key} in ${subject} with id ${id}`);
}

export function noFile(path: string): Fault {
  return missing('file', `No file or folder at '${path}'.`);
}

export function noArtifact({ type, name, number }: { type: string; name: string; number: number }): Fault {
  return missing('artifact', `There is no ${type} ${name}@v${number}.`);
}

export function taken(
  subject: 'workspace' | 'project' | 'run' | 'model' | 'registered model' | 'promotion' | 'deployment',
  message: string,
): Fault {
  return new Fault('conflict', message, { subject, reason: 'exists' });
}

export function projectNameTaken(name: string): Fault {
  return taken('project', `Project(name=${name}) already exists.`);
}

export function projectDeleted(id: string): Fault {
  return new Fault('invalid', `The project ${id} must be in the 'active' state. Current state is deleted.`, {
    subject: 'project',
    reason: 'wrong-state',
  });
}

export function paramChanged(owner: string, key: string, stored: string, attempted: string): Fault {
  return new Fault(
    'invalid',
    `Changing param values is not allowed. Param with key='${key}' was already logged with value='${shown(stored)}' for ID='${owner}'. Attempted logging new value '${shown(attempted)}'.`,
    { subject: 'param', field: 'key', reason: 'exists' },
  );
}

export function pathConflict(path: string, standing: string): Fault {
  return new Fault('conflict', `'${path}' cannot be a file: '${standing}' is in its way.`, {
    subject: 'file',
    field: 'path',
  });
}

const SHOWN = 200;

function shown(value: string): string {
  return value.length <= SHOWN ? value : `${value.slice(0, SHOWN)}…`;
}

export function notDeleted(subject: 'project' | 'run', id: string): Fault {
  return new Fault('invalid', `The ${subject} ${id} must be deleted before it can be removed for good.`, {
    subject,
    reason: 'wrong-state',
  });
}

export function defaultProjectStays(): Fault {
  return new Fault('invalid', 'The project Default cannot be removed for good: every store has it.', {
    subject: 'project',
    reason: 'wrong-state',
  });
}

export function noRegistered(id: string): Fault {
  return missing('registered model', `Registered Model with id=${id} not found`);
}

export function noVersion({ model, number }: { readonly model: string; readonly number: number }): Fault {
  return missing('model version', `Model Version (id=${model}, version=${number}) not found`);
}

export function noPromotion(id: string): Fault {
  return missing('promotion', `No promotion with id=${id}.`);
}

export function noDeployment(id: string): Fault {
  return missing('deployment', `No deployment with id=${id}.`);
}

export function registeredNameTaken(name: string): Fault {
  return taken('registered model', `Registered Model (name=${name}) already exists.`);
}

export function registeredIdTaken(
  subject: 'registered model' | 'promotion' | 'deployment',
  id: string,
): Fault {
  return taken(subject, `The ${subject} with id=${id} already exists.`);
}

/** @throws Fault `conflict` (wrong-state) when something was decided on a revision that is old by now. */
export function assertRevision(
  { name, revision }: { readonly name: string; readonly revision: number },
  expected: number | undefined,
): void {
  if (expected === undefined || expected === revision) return;
  throw new Fault('conflict', `Registered Model (name=${name}) changed meanwhile: look again.`, {
    subject: 'registered model',
    reason: 'wrong-state',
  });
}

export function promotionClosed(id: string, status: string): Fault {
  return new Fault('invalid', `The promotion ${id} is no longer open: it is ${status}.`, {
    subject: 'promotion',
    reason: 'wrong-state',
  });
}

export function noWorkspace(id: string): Fault {
  return missing('workspace', `No workspace '${id}' exists.`);
}

export function workspaceTaken(id: string): Fault {
  return taken('workspace', `The workspace '${id}' already exists.`);
}

export function workspaceInUse(id: string): Fault {
  return new Fault(
    'conflict',
    `The workspace '${id}' is not empty: its projects, deleted ones included, are removed for good first, and its registered models deleted.`,
    { subject: 'workspace', reason: 'wrong-state' },
  );
}

export function defaultWorkspaceStays(): Fault {
  return new Fault('invalid', "The workspace 'default' cannot be deleted: every store has it.", {
    subject: 'workspace',
    reason: 'wrong-state',
  });
}
