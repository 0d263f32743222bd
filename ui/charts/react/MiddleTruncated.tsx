import type { ReactElement } from 'react';

const SHORT = 12;
const TAIL = 7;

/**
 * A metric name that gives up its middle when it does not fit: the end tells names apart, the beginning says where they
 * belong. What stands before the last slash is dimmed.
 */
export function MiddleTruncated({ text, className }: { text: string; className?: string }): ReactElement {
  const slash = text.lastIndexOf('/') + 1;
  const cut = text.length > SHORT ? text.length - TAIL : text.length;
  const dim = (part: string): ReactElement => <span className="chart-dim">{part}</span>;
  return (
    <span className={`middle-truncated ${className ?? ''}`} title={text}>
      <span className="middle-truncated-head">
        {slash > 0 && dim(text.slice(0, Math.min(slash, cut)))}
        {slash < cut && text.slice(slash, cut)}
      </span>
      {cut < text.length && (
        <span className="middle-truncated-tail">
          {slash > cut && dim(text.slice(cut, slash))}
          {text.slice(Math.max(slash, cut))}
        </span>
      )}
    </span>
  );
}
