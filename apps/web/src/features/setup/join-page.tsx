import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { server } from '../../api/server.ts';
import { FormError } from '../../parts/forms/form-error.tsx';
import { isLongEnough, NewPasswordField } from '../../parts/forms/password-field.tsx';
import { OutsidePage } from '../../shell/outside-page.tsx';
import { tt } from '../../text/team/translate.ts';
import { useOneTimeToken } from './one-time-token.ts';
import { TokenField } from './token-field.tsx';

/** A password for an account that an admin made, or whose password was forgotten. */
export function JoinPage() {
  const [token, setToken] = useOneTimeToken();
  const [hasToken] = useState(token !== '');
  const [password, setPassword] = useState('');
  const join = useMutation({
    mutationFn: () => server.acceptInvitation({ body: { token: token.trim(), password } }),
    onSuccess: () => location.assign('/'),
  });
  const isReady = token.trim() !== '' && isLongEnough(password);
  return (
    <OutsidePage title={tt('join.title')} lead={tt('join.lead')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) join.mutate();
        }}
      >
        {!hasToken && (
          <TokenField
            label={tt('join.token')}
            hint={tt('join.tokenHint')}
            value={token}
            onChange={setToken}
          />
        )}
        <NewPasswordField value={password} onChange={setPassword} />
        <FormError error={join.error} />
        <Button
          type="submit"
          look="primary"
          className="h-8 justify-center"
          disabled={!isReady || join.isPending || join.isSuccess}
        >
          {tt('join.go')}
        </Button>
      </form>
    </OutsidePage>
  );
}
