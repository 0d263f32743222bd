import { SYSTEM, type Actor } from './actor.ts';
import { Fault } from './fault.ts';
import { DEFAULT_WORKSPACE, type WorkspaceId } from './ids.ts';
import { assertText } from './names.ts';

/** Who owns and who may see: every project is in one, and so is every registered model. */
export interface Workspace {
  /** Stands in addresses (`/w/<id>`) that scripts keep, and so never changes. */
  readonly id: WorkspaceId;
  /** What people call it; need not be unique. */
  readonly name: string;
  readonly description: string;
  /** Milliseconds UTC, as all times here. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdBy: Actor;
}

const NAME_LIMIT = 100;
const DESCRIPTION_LIMIT = 10_000;

/** @throws Fault `invalid` when a workspace may not be called or described so. */
export function assertWorkspaceWords(words: { readonly name?: string; readonly description?: string }): void {
  const { name, description } = words;
  if (name?.trim() === '') {
    throw new Fault('invalid', 'A workspace has a name.', { subject: 'workspace', field: 'name' });
  }
  if (name !== undefined) assertText('name', name, NAME_LIMIT);
  if (description !== undefined) assertText('description', description, DESCRIPTION_LIMIT);
}

/** As every store has it from before its first commit, until somebody renames or describes it. */
export const UNCHANGED_DEFAULT: Workspace = {
  id: DEFAULT_WORKSPACE,
  name: DEFAULT_WORKSPACE,
  description: '',
  createdAt: 0,
  updatedAt: 0,
  createdBy: SYSTEM,
};
