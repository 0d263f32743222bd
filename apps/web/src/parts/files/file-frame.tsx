import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { bytes } from '../../text/numbers.ts';
import { t } from '../../text/translate.ts';

/** A file's name and facts, the way to have it, and below what it holds. */
export function FileFrame({
  path,
  sizeBytes,
  fact,
  url,
  children,
}: {
  readonly path: string;
  readonly sizeBytes: number | undefined;
  /** Its age, or its digest. */
  readonly fact: ReactNode;
  readonly url: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4 text-12 whitespace-nowrap">
        <h2 className="truncate font-mono font-medium">{path}</h2>
        <span className="text-ink-3">{sizeBytes !== undefined && bytes(sizeBytes)}</span>
        <span className="text-ink-3 max-sm:hidden">{fact}</span>
        <span className="flex-1" />
        <Button asChild>
          <a href={url} download={path.slice(path.lastIndexOf('/') + 1)}>
            <Download size={14} strokeWidth={1.5} aria-hidden="true" />
            {t('action.download')}
          </a>
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-auto" tabIndex={0} role="region" aria-label={path}>
        {children}
      </div>
    </>
  );
}
