import { Check, ChevronsUpDown, Layers } from 'lucide-react';
import { Menu, MenuHeading, MenuItem } from '#ui/kit/Menu.tsx';
import { addressIn, WORKSPACE } from '../../api/workspace.ts';
import type { WorkspaceJson } from '../../api/workspaces.ts';
import { t } from '../../text/translate.ts';

/** Where one is, and where else one may go. */
export function WorkspaceMenu({
  workspaces,
  triggerClass,
  isIconOnly,
}: {
  readonly workspaces: readonly WorkspaceJson[];
  readonly triggerClass: string;
  readonly isIconOnly: boolean;
}) {
  const here = workspaces.find(({ id }) => id === WORKSPACE);
  const name = here?.name ?? WORKSPACE;
  const label = t('workspace.menu', { name });
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={triggerClass}
          title={isIconOnly ? label : undefined}
          aria-label={label}
        >
          <Layers size={16} strokeWidth={1.5} aria-hidden="true" />
          {!isIconOnly && (
            <>
              <span className="truncate text-ink">{name}</span>
              <ChevronsUpDown size={14} strokeWidth={1.5} aria-hidden="true" className="ml-auto shrink-0" />
            </>
          )}
        </button>
      }
    >
      <MenuHeading>{t('workspace.choose')}</MenuHeading>
      {workspaces.map((each) => (
        <MenuItem key={each.id} asChild>
          {/* No route of this document: nothing of one workspace stays in the memory of another's page. */}
          <a href={addressIn(each.id)} {...(each.id === WORKSPACE && { 'aria-current': 'true' as const })}>
            <span className="inline-flex w-4 shrink-0">
              {each.id === WORKSPACE && <Check size={14} strokeWidth={1.5} aria-hidden="true" />}
            </span>
            <span className="max-w-64 truncate">{each.name}</span>
            {each.name !== each.id && <span className="ml-auto pl-3 text-12 text-ink-3">{each.id}</span>}
          </a>
        </MenuItem>
      ))}
    </Menu>
  );
}
