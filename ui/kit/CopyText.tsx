import type { ReactElement } from 'react';

import { classes } from './classes.ts';
import { useCopied } from './use-copied.ts';

export interface CopyTextProps {
  /** What is copied. */
  readonly text: string;
  /** What is shown, when that is shorter. */
  readonly shown?: string;
  /** "Copied", in the reader's language. */
  readonly copiedText: string;
  readonly className?: string;
}

/** An id or digest that copies on click. */
export function CopyText({ text, shown = text, copiedText, className }: CopyTextProps): ReactElement {
  const [hasCopied, copy] = useCopied(text);
  return (
    <button
      type="button"
      onClick={copy}
      title={text}
      className={classes(
        'relative max-w-full cursor-pointer truncate rounded-control align-bottom font-mono text-12 text-ink-2 decoration-dotted underline-offset-2 hover:text-ink hover:underline',
        className,
      )}
    >
      <span className={hasCopied ? 'opacity-0' : ''}>{shown}</span>
      <span role="status" className="absolute inset-0 truncate text-left font-sans text-finished">
        {hasCopied ? copiedText : ''}
      </span>
    </button>
  );
}
