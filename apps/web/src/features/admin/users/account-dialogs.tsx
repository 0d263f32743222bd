import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { Field } from '#ui/kit/Field.tsx';
import type { AccountJson } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { ConfirmDialog } from '../../../parts/forms/confirm-dialog.tsx';
import { FormError } from '../../../parts/forms/form-error.tsx';
import { CreateKeyDialog } from '../../../parts/keys/create-key-dialog.tsx';
import { tt } from '../../../text/team/translate.ts';
import { t } from '../../../text/translate.ts';
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
  const formId = useId();
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
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`${tt('users.rename')}: ${account.name}`}
      closeLabel={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{tt('admin.cancel')}</Button>
          <Button type="submit" form={formId} look="primary" disabled={!isReady || rename.isPending}>
            {tt('profile.save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) rename.mutate();
        }}
      >
        <Field
          label={tt('account.displayName')}
          autoFocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <FormError error={rename.error} />
      </form>
    </Dialog>
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
