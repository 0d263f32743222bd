import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../text/translate.ts';

/** Copies a text and says so in the button itself. */
export function CopyButton({
  text,
  label,
  isIconOnly = false,
}: {
  readonly text: string;
  readonly label?: string;
  readonly isIconOnly?: boolean;
}) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [isDone]);
  const word = isDone ? t('action.copied') : (label ?? t('action.copy'));
  const Icon = isDone ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={word}
      title={isIconOnly ? word : undefined}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
      className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control px-1.5 text-ink-2 hover:bg-hover hover:text-ink"
    >
      <Icon size={14} strokeWidth={1.5} />
      {!isIconOnly && word}
    </button>
  );
}
