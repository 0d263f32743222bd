import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '#core/contract/client.ts';
import { Button } from '#ui/kit/Button.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { server } from '../../api/server.ts';
import { setSession, useSession } from '../../api/session.ts';
import { FormError, logInWords, useWait } from '../../parts/forms/form-error.tsx';
import { isLongEnough, NewPasswordField, PasswordInput } from '../../parts/forms/password-field.tsx';
import { tt } from '../../text/team/translate.ts';

export function PasswordPanel() {
  const { account } = useSession();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => server.changePassword({ body: { current, password } }),
    onSuccess: (session) => {
      setSession(session);
      setCurrent('');
      setPassword('');
    },
  });
  const wait = useWait(change.error);
  const isWrong = change.error instanceof ApiError && change.error.fault.field === 'current';
  const isReady = current !== '' && isLongEnough(password) && wait === 0;
  return (
    <Section title={tt('profile.passwordTitle')}>
      <Panel className="p-3">
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) change.mutate();
          }}
        >
          {/* Password managers want to know whose password this is. */}
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={account?.name ?? ''}
            readOnly
            hidden
          />
          <PasswordInput
            label={tt('profile.current')}
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
          />
          <NewPasswordField label={tt('profile.new')} value={password} onChange={setPassword} />
          <p className="text-12 text-ink-2">{tt('profile.keysStay')}</p>
          <FormError
            error={change.error}
            words={isWrong ? tt('profile.wrong') : logInWords(change.error, wait)}
          />
          <div className="flex items-center gap-3">
            <Button type="submit" disabled={!isReady || change.isPending}>
              {tt('profile.change')}
            </Button>
            <span role="status" className="text-12 text-finished">
              {change.isSuccess && current === '' && tt('profile.changed')}
            </span>
          </div>
        </form>
      </Panel>
    </Section>
  );
}
