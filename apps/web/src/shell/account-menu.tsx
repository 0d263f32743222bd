import { Link } from '@tanstack/react-router';
import { KeyRound, LogOut, Settings, UserRound, Users } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu, MenuHeading, MenuItem, MenuSeparator } from '#ui/kit/Menu.tsx';
import { isAtLeast, isServerAdmin, roleInWorkspace, useSession } from '../api/session.ts';
import { t } from '../text/translate.ts';
import { logOut } from './log-out.ts';

/** Who is logged in, and what belongs to him. Only in team mode. */
export function AccountMenu({
  triggerClass,
  isIconOnly,
}: {
  readonly triggerClass: string;
  readonly isIconOnly: boolean;
}): ReactElement | null {
  const session = useSession();
  const { account } = session;
  if (account === undefined) return null;
  const name = account.displayName;
  return (
    <Menu
      align={isIconOnly ? 'end' : 'start'}
      trigger={
        <button
          type="button"
          className={triggerClass}
          title={isIconOnly ? name : undefined}
          aria-label={t('account.menu', { name })}
        >
          <UserRound size={16} strokeWidth={1.5} aria-hidden="true" />
          {!isIconOnly && <span className="truncate">{name}</span>}
        </button>
      }
    >
      <MenuHeading>{name === account.name ? name : `${name} (${account.name})`}</MenuHeading>
      <MenuItem asChild>
        <Link to="/account">
          <KeyRound size={14} strokeWidth={1.5} aria-hidden="true" />
          {t('account.profile')}
        </Link>
      </MenuItem>
      {isAtLeast(roleInWorkspace(session), 'admin') && (
        <MenuItem asChild>
          <Link to="/access">
            <Users size={14} strokeWidth={1.5} aria-hidden="true" />
            {t('workspace.access')}
          </Link>
        </MenuItem>
      )}
      {isServerAdmin(session) && (
        <MenuItem asChild>
          <Link to="/admin/{-$part}" params={{ part: undefined }}>
            <Settings size={14} strokeWidth={1.5} aria-hidden="true" />
            {t('account.admin')}
          </Link>
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem
        icon={<LogOut size={14} strokeWidth={1.5} aria-hidden="true" />}
        onSelect={() => void logOut()}
      >
        {t('account.logOut')}
      </MenuItem>
    </Menu>
  );
}
