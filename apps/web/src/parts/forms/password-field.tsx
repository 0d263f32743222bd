import { useState } from 'react';
import { PASSWORD_LENGTH } from '#core/contract/identity-endpoints.ts';
import { Field } from '#ui/kit/Field.tsx';
import { tt } from '../../text/team/translate.ts';

/** As the server's contract counts. */
export function isLongEnough(password: string): boolean {
  return password.length >= PASSWORD_LENGTH;
}

/** A password to be set: its length is said before it is wrong, and nothing else is asked of it. */
export function NewPasswordField({
  label = tt('account.password'),
  value,
  onChange,
}: {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
}) {
  const missing = PASSWORD_LENGTH - value.length;
  const hint =
    value === '' ? (
      tt('account.passwordHint', { count: PASSWORD_LENGTH })
    ) : missing > 0 ? (
      tt('account.passwordMore', { count: missing })
    ) : (
      <span className="text-finished">{tt('account.passwordLong')}</span>
    );
  return (
    <PasswordInput label={label} value={value} onChange={onChange} autoComplete="new-password" hint={hint} />
  );
}

export function PasswordInput({
  label,
  value,
  onChange,
  autoComplete,
  hint,
  hasFocus = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly autoComplete: 'new-password' | 'current-password';
  readonly hint?: React.ReactNode;
  readonly hasFocus?: boolean;
}) {
  const [isShown, setShown] = useState(false);
  return (
    <Field
      label={label}
      type={isShown ? 'text' : 'password'}
      name="password"
      required
      maxLength={1024}
      autoComplete={autoComplete}
      autoFocus={hasFocus}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      hint={hint}
      trailing={
        <button
          type="button"
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
          className="-mr-1 cursor-pointer rounded-control px-1 text-12 text-ink-2 hover:text-ink"
        >
          {isShown ? tt('account.hide') : tt('account.show')}
        </button>
      }
    />
  );
}
