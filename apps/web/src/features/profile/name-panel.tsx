import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Field } from '#ui/kit/Field.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { server } from '../../api/server.ts';
import { setAccount, useSession } from '../../api/session.ts';
import { FormError } from '../../parts/forms/form-error.tsx';
import { tt } from '../../text/team/translate.ts';

export function NamePanel() {
  const { account } = useSession();
  const [name, setName] = useState(account?.displayName ?? '');
  const save = useMutation({
    mutationFn: () => server.updateOwnAccount({ body: { displayName: name.trim() } }),
    onSuccess: setAccount,
  });
  const isChanged = name.trim() !== '' && name.trim() !== account?.displayName;
  return (
    <Section title={tt('profile.you')} note={account?.name}>
      <Panel className="p-3">
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (isChanged) save.mutate();
          }}
        >
          <Field
            label={tt('account.displayName')}
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <FormError error={save.error} />
          <div className="flex items-center gap-3">
            <Button type="submit" disabled={!isChanged || save.isPending}>
              {tt('profile.save')}
            </Button>
            <span role="status" className="text-12 text-finished">
              {save.isSuccess && !isChanged && tt('profile.saved')}
            </span>
          </div>
        </form>
      </Panel>
    </Section>
  );
}
