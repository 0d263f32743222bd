import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { Field } from '#ui/kit/Field.tsx';
import type { AccountJson } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { isAccountName } from '../../../parts/forms/account-name.ts';
import { FormError } from '../../../parts/forms/form-error.tsx';
import { CreateKeyDialog } from '../../../parts/keys/create-key-dialog.tsx';
import { tt } from '../../../text/team/translate.ts';
import { t } from '../../../text/translate.ts';
import { InvitationDialog } from './invitation-dialog.tsx';

/** A new account; then what it needs: a person the link, a program its first key. */
export function AddAccountDialog({
  kind,
  onClose,
}: {
  readonly kind: AccountJson['kind'];
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const formId = useId();
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const create = useMutation({
    mutationFn: () =>
      server.createAccount({
        body: { kind, name, ...(displayName.trim() !== '' && { displayName: displayName.trim() }) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  if (create.data?.invitation !== undefined) {
    const { account, invitation } = create.data;
    return <InvitationDialog name={account.displayName} invitation={invitation} onClose={onClose} />;
  }
  if (create.data) return <CreateKeyDialog account={create.data.account} onClose={onClose} />;
  const isReady = isAccountName(name);
  const title = kind === 'user' ? tt('users.invite') : tt('users.addService');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title}
      closeLabel={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{tt('admin.cancel')}</Button>
          <Button type="submit" form={formId} look="primary" disabled={!isReady || create.isPending}>
            {kind === 'user' ? tt('users.inviteGo') : title}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) create.mutate();
        }}
      >
        <Field
          label={tt('account.name')}
          hint={tt('account.nameHint')}
          error={name !== '' && !isReady ? tt('account.nameBad') : undefined}
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.target.value.toLowerCase())}
        />
        <Field
          label={tt('account.displayName')}
          hint={tt('account.displayHint')}
          autoComplete="off"
          maxLength={100}
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
        />
        <FormError error={create.error} />
      </form>
    </Dialog>
  );
}
