import { Check, Copy } from 'lucide-react';
import { Button } from '#ui/kit/Button.tsx';
import { Input } from '#ui/kit/Input.tsx';
import { useCopied } from '#ui/kit/use-copied.ts';
import { t } from '../../text/translate.ts';

/** A secret or link that is to be taken along: whole, selectable, copied by one press. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const [hasCopied, copy] = useCopied(text);
  return (
    <div className="flex gap-2">
      <Input
        label={label}
        isMono
        readOnly
        value={text}
        className="flex min-w-0 flex-1"
        onFocus={(event) => event.target.select()}
      />
      <Button
        look="primary"
        onClick={copy}
        icon={hasCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      >
        <span role="status">{hasCopied ? t('action.copied') : t('action.copy')}</span>
      </Button>
    </div>
  );
}
