import type { WorkspaceId } from '#core/domain/ids.ts';

export type WorkspaceChange =
  /** `conflict` (exists) when there is one of that id. */
  | {
      readonly kind: 'create-workspace';
      readonly workspace: WorkspaceId;
      readonly name: string;
      readonly description: string;
    }
  /** Sets what is present. `not_found`. */
  | {
      readonly kind: 'update-workspace';
      readonly workspace: WorkspaceId;
      readonly name?: string;
      readonly description?: string;
    }
  /**
   * Removes an empty workspace with the roles that were given there: another one may come by its id. `not_found`;
   * `conflict` (wrong-state) while it has projects, deleted ones included, or registered models; `invalid` (wrong-state)
   * for `default`, which every store has.
   */
  | { readonly kind: 'delete-workspace'; readonly workspace: WorkspaceId };
