import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '#ui/kit/Field.tsx';
import type { AccountJson } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { isAccountName } from '../../../parts/forms/account-name.ts';
import { FormDialog } from '../../../parts/forms/form-dialog.tsx';
import { CreateKeyDialog } from '../../../parts/keys/create-key-dialog.tsx';
import { tt } from '../../../text/team/translate.ts';
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
    <FormDialog
      title={title}
      action={kind === 'user' ? tt('users.inviteGo') : title}
      isReady={isReady}
      sending={create}
      onSubmit={() => create.mutate()}
      onClose={onClose}
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
    </FormDialog>
  );
}
