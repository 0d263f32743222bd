import { Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { t } from '../../text/translate.ts';

let announce: (() => void) | undefined;

/** Copies the address of what is seen: the key `u` does the same. */
export async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.href);
  announce?.();
}

export function CopyLink() {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    announce = () => setDone(true);
    return () => {
      announce = undefined;
    };
  }, []);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [isDone]);
  const Icon = isDone ? Check : Link2;
  return (
    <Button
      shortcut="u"
      icon={<Icon size={14} strokeWidth={1.5} aria-hidden="true" />}
      className="max-sm:hidden"
      onClick={() => void copyLink()}
    >
      <span aria-live="polite">{isDone ? t('board.linkCopied') : t('action.copyLink')}</span>
    </Button>
  );
}
