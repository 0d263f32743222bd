import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Field } from '#ui/kit/Field.tsx';
import { server } from '../../api/server.ts';
import { FormError } from '../../parts/forms/form-error.tsx';
import { isAccountName } from '../../parts/forms/account-name.ts';
import { isLongEnough, NewPasswordField } from '../../parts/forms/password-field.tsx';
import { OutsidePage } from '../../shell/outside-page.tsx';
import { tt } from '../../text/team/translate.ts';
import { useOneTimeToken } from './one-time-token.ts';
import { TokenField } from './token-field.tsx';

/** The first admin of a new server. */
export function SetupPage() {
  const [token, setToken] = useOneTimeToken();
  const [hasToken] = useState(token !== '');
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const setUp = useMutation({
    mutationFn: () =>
      server.setUp({
        body: {
          token: token.trim(),
          name,
          password,
          ...(displayName.trim() !== '' && { displayName: displayName.trim() }),
        },
      }),
    onSuccess: () => location.assign('/'),
  });
  const isNameBad = name !== '' && !isAccountName(name);
  const isReady = token.trim() !== '' && isAccountName(name) && isLongEnough(password);
  return (
    <OutsidePage title={tt('setup.title')} lead={tt('setup.lead')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) setUp.mutate();
        }}
      >
        {!hasToken && (
          <TokenField
            label={tt('setup.token')}
            hint={tt('setup.tokenHint')}
            value={token}
            onChange={setToken}
          />
        )}
        <Field
          label={tt('account.name')}
          hint={tt('account.nameHint')}
          error={isNameBad ? tt('account.nameBad') : undefined}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus={hasToken}
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.target.value.toLowerCase())}
        />
        <Field
          label={tt('account.displayName')}
          hint={tt('account.displayHint')}
          autoComplete="name"
          maxLength={100}
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
        />
        <NewPasswordField value={password} onChange={setPassword} />
        <FormError error={setUp.error} />
        <Button
          type="submit"
          look="primary"
          className="h-8 justify-center"
          disabled={!isReady || setUp.isPending || setUp.isSuccess}
        >
          {tt('setup.go')}
        </Button>
      </form>
    </OutsidePage>
  );
}
