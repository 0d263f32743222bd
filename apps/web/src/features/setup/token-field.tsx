import { Field } from '#ui/kit/Field.tsx';

/** For a token that did not come with the address. */
export function TokenField({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (token: string) => void;
}) {
  return (
    <Field
      label={label}
      hint={hint}
      isMono
      required
      autoFocus
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
