import { Check, Copy } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

import { useCopied } from './use-copied.ts';

export interface CodeBlockProps {
  readonly code: string;
  readonly title: string;
  /** Beside the title: the language. */
  readonly note?: string;
  readonly copyText: string;
  readonly copiedText: string;
  /** Marked up, where colours help; `code` is what is copied. */
  readonly children?: ReactNode;
  /** One sentence below. */
  readonly foot?: ReactNode;
}

/** Lines to copy as they are. */
export function CodeBlock({
  code,
  title,
  note,
  copyText,
  copiedText,
  children,
  foot,
}: CodeBlockProps): ReactElement {
  const [hasCopied, copy] = useCopied(code);
  return (
    <div className="flex min-w-0 flex-col rounded-panel border border-line bg-panel">
      <div className="flex h-10 items-center gap-2 border-b border-line pr-2 pl-4">
        <h2 className="font-semibold">{title}</h2>
        {note !== undefined && <span className="text-12 text-ink-3">{note}</span>}
        <button
          type="button"
          onClick={copy}
          className="ml-auto inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-control px-1.5 text-12 text-ink-2 hover:bg-hover hover:text-ink"
        >
          {hasCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          <span role="status">{hasCopied ? copiedText : copyText}</span>
        </button>
      </div>
      {/* A scroll box must be reachable by keyboard. */}
      <pre
        tabIndex={0}
        role="region"
        aria-label={title}
        className="flex-1 overflow-x-auto p-4 font-mono text-12 leading-5"
      >
        <code>{children ?? code}</code>
      </pre>
      {foot !== undefined && <div className="border-t border-line px-4 py-2 text-12 text-ink-3">{foot}</div>}
    </div>
  );
}
