import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { IconButton } from '#ui/kit/Button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/kit/Menu.tsx';
import type { AccountRow } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { messageOf } from '../../../shell/page-error.tsx';
import { showToast } from '../../../shell/toasts.tsx';
import { tt } from '../../../text/team/translate.ts';
import type { AccountAction } from './account-dialogs.tsx';

/** What can be done with one account. */
export function AccountActions({
  account,
  onOpen,
}: {
  readonly account: AccountRow;
  readonly onOpen: (action: AccountAction) => void;
}) {
  const client = useQueryClient();
  const isDisabled = account.disabledAt !== undefined;
  const enable = useMutation({
    mutationFn: () => server.updateAccount({ params: { account: account.id }, body: { disabled: false } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
    onError: (error) => showToast(messageOf(error)),
  });
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`${tt('admin.more')}: ${account.displayName}`}>
          <Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onOpen('rename')}>{tt('users.rename')}</MenuItem>
      {account.kind === 'user' && (
        <MenuItem isDisabled={isDisabled} onSelect={() => onOpen('invite')}>
          {tt('users.newLink')}
        </MenuItem>
      )}
      {account.kind === 'service' && (
        <MenuItem isDisabled={isDisabled} onSelect={() => onOpen('key')}>
          {tt('keys.create')}
        </MenuItem>
      )}
      <MenuItem asChild>
        <Link to="/admin/{-$part}" params={{ part: 'roles' }} search={{ q: account.displayName }}>
          {tt('users.seeRoles')}
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link to="/admin/{-$part}" params={{ part: 'keys' }} search={{ q: account.displayName }}>
          {tt('users.seeKeys')}
        </Link>
      </MenuItem>
      <MenuSeparator />
      {isDisabled ? (
        <MenuItem onSelect={() => enable.mutate()}>{tt('users.enable')}</MenuItem>
      ) : (
        <MenuItem isDanger onSelect={() => onOpen('disable')}>
          {tt('users.disable')}
        </MenuItem>
      )}
    </Menu>
  );
}
