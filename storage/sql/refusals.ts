import { Fault } from '#core/domain/fault.ts';

// The refusals that `core/tracking/ports/change.ts` documents, worded once for every engine. Where MLflow has a
// sentence that its clients know, it is kept.

export function missing(
  subject: 'project' | 'run' | 'model' | 'file' | 'tag' | 'blob',
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

export function taken(subject: 'project' | 'run' | 'model', message: string): Fault {
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
