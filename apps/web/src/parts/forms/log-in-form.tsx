import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Field } from '#ui/kit/Field.tsx';
import type { Session } from '../../api/identity.ts';
import { server } from '../../api/server.ts';
import { tt } from '../../text/team/translate.ts';
import { FormError, logInWords, useWait } from './form-error.tsx';
import { PasswordInput } from './password-field.tsx';

/** Name and password; of a known account the password only. */
export function LogInForm({
  knownName,
  onLoggedIn,
}: {
  readonly knownName?: string;
  readonly onLoggedIn: (session: Session) => void;
}) {
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const name = knownName ?? typed.trim().toLowerCase();
  const logIn = useMutation({
    mutationFn: () => server.logIn({ body: { name, password } }),
    onSuccess: onLoggedIn,
  });
  const wait = useWait(logIn.error);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (wait === 0) logIn.mutate();
      }}
    >
      <Field
        label={tt('account.name')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus={knownName === undefined}
        readOnly={knownName !== undefined}
        maxLength={100}
        value={knownName ?? typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <PasswordInput
        label={tt('account.password')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        hasFocus={knownName !== undefined}
      />
      <FormError error={logIn.error} words={logInWords(logIn.error, wait)} />
      <Button
        type="submit"
        look="primary"
        className="h-8 justify-center"
        disabled={name === '' || password === '' || wait > 0 || logIn.isPending || logIn.isSuccess}
      >
        {tt('login.go')}
      </Button>
    </form>
  );
}
