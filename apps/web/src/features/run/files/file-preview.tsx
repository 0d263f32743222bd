import { useQuery } from '@tanstack/react-query';
import { endpointUrl } from '#core/contract/client.ts';
import { FileContent } from '../../../parts/files/file-content.tsx';
import { FileFrame } from '../../../parts/files/file-frame.tsx';
import { SkeletonRows } from '../../../parts/placeholders.tsx';
import { useNow } from '../../../parts/use-now.ts';
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
    <FileFrame
      path={path}
      sizeBytes={entry?.sizeBytes}
      url={url}
      fact={
        entry?.modifiedAt !== undefined && (
          <span title={absolute(entry.modifiedAt)}>{t('time.ago', { age: age(entry.modifiedAt, now) })}</span>
        )
      }
    >
      {entry ? (
        <FileContent file={{ path, sizeBytes: entry.sizeBytes ?? 0, url, query: fileQuery(owner, path) }} />
      ) : (
        <SkeletonRows rows={6} height={20} />
      )}
    </FileFrame>
  );
}
