import { Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
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
    <button
      type="button"
      onClick={() => void copyLink()}
      className="flex h-7 items-center gap-1.5 rounded-control border border-line bg-panel px-2.5 hover:border-line-strong max-sm:hidden"
    >
      <Icon size={14} strokeWidth={1.5} />
      <span aria-live="polite">{isDone ? t('board.linkCopied') : t('action.copyLink')}</span>
      <kbd className="ml-0.5 rounded-control border border-line px-1 font-sans text-11 text-ink-3">u</kbd>
    </button>
  );
}
