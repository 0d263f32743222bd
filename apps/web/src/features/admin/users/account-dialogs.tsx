import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Field } from '#ui/kit/Field.tsx';
import type { AccountJson } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { ConfirmDialog } from '../../../parts/forms/confirm-dialog.tsx';
import { FormDialog } from '../../../parts/forms/form-dialog.tsx';
import { CreateKeyDialog } from '../../../parts/keys/create-key-dialog.tsx';
import { tt } from '../../../text/team/translate.ts';
import { InvitationDialog } from './invitation-dialog.tsx';

export type AccountAction = 'rename' | 'invite' | 'key' | 'disable';

/** The dialog of one action on one account. */
export function AccountDialog({
  account,
  action,
  onClose,
}: {
  readonly account: AccountJson;
  readonly action: AccountAction;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  switch (action) {
    case 'rename':
      return <RenameDialog account={account} onClose={onClose} />;
    case 'invite':
      return <NewInvitation account={account} onClose={onClose} />;
    case 'key':
      return <CreateKeyDialog account={account} onClose={onClose} />;
    case 'disable':
    default:
      return (
        <ConfirmDialog
          title={tt('users.disableTitle', { name: account.displayName })}
          text={tt('users.disableText', { name: account.displayName })}
          action={tt('users.disable')}
          onConfirm={async () => {
            await server.updateAccount({ params: { account: account.id }, body: { disabled: true } });
            await client.invalidateQueries({ queryKey: ['accounts'] });
          }}
          onClose={onClose}
        />
      );
  }
}

function RenameDialog({ account, onClose }: { readonly account: AccountJson; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(account.displayName);
  const rename = useMutation({
    mutationFn: () =>
      server.updateAccount({ params: { account: account.id }, body: { displayName: name.trim() } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      onClose();
    },
  });
  const isReady = name.trim() !== '' && name.trim() !== account.displayName;
  return (
    <FormDialog
      title={`${tt('users.rename')}: ${account.name}`}
      action={tt('profile.save')}
      isReady={isReady}
      sending={rename}
      onSubmit={() => rename.mutate()}
      onClose={onClose}
    >
      <Field
        label={tt('account.displayName')}
        autoFocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}

/** Makes the link as soon as it is asked for: the one before it stops working. */
function NewInvitation({
  account,
  onClose,
}: {
  readonly account: AccountJson;
  readonly onClose: () => void;
}) {
  const invite = useMutation({
    mutationFn: () => server.inviteAccount({ params: { account: account.id }, body: {} }),
  });
  const { mutate } = invite;
  useEffect(() => mutate(), [mutate]);
  return (
    <InvitationDialog
      name={account.displayName}
      invitation={invite.data?.invitation}
      expiresAt={invite.data?.expiresAt}
      error={invite.error}
      onClose={onClose}
    />
  );
}
