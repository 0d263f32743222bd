import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { endpointUrl } from '#core/contract/client.ts';
import { Button } from '#ui/kit/Button.tsx';
import { FileContent } from '../../../parts/files/file-content.tsx';
import { SkeletonRows } from '../../../parts/placeholders.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { bytes } from '../../../text/numbers.ts';
import { absolute, age } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { fileQuery, filesQuery, type FileOwner } from '../queries.ts';

/** A file's name, size and age, what it holds, and the way to have it. */
export function FilePreview({ owner, path }: { readonly owner: FileOwner; readonly path: string }) {
  const now = useNow(60_000);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const { data: entries } = useQuery(filesQuery(owner, folder));
  const entry = entries?.find((each) => each.path === path);
  const url =
    owner.kind === 'run'
      ? endpointUrl('getRunFile', { params: { run: owner.id }, query: { path } })
      : endpointUrl('getModelFile', { params: { model: owner.id }, query: { path } });
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4 text-12 whitespace-nowrap">
        <h2 className="truncate font-mono font-medium">{path}</h2>
        <span className="text-ink-3">{entry?.sizeBytes !== undefined && bytes(entry.sizeBytes)}</span>
        {entry?.modifiedAt !== undefined && (
          <span className="text-ink-3 max-sm:hidden" title={absolute(entry.modifiedAt)}>
            {t('time.ago', { age: age(entry.modifiedAt, now) })}
          </span>
        )}
        <span className="flex-1" />
        <Button asChild>
          <a href={url} download={path.slice(path.lastIndexOf('/') + 1)}>
            <Download size={14} strokeWidth={1.5} aria-hidden="true" />
            {t('action.download')}
          </a>
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-auto" tabIndex={0} role="region" aria-label={path}>
        {entry ? (
          <FileContent file={{ path, sizeBytes: entry.sizeBytes ?? 0, url, query: fileQuery(owner, path) }} />
        ) : (
          <SkeletonRows rows={6} height={20} />
        )}
      </div>
    </>
  );
}
