import { useQuery } from '@tanstack/react-query';
import { t } from '../../../text/translate.ts';
import { PageError } from '../../../shell/page-error.tsx';
import { Empty, SkeletonRows } from '../../../parts/placeholders.tsx';
import { FilePreview } from './file-preview.tsx';
import { FileTree } from './file-tree.tsx';
import { filesQuery, type FileOwner } from '../queries.ts';

/** A tree on the left, what the chosen file holds on the right. */
export function FileBrowser({
  owner,
  open,
  onOpen,
}: {
  readonly owner: FileOwner;
  readonly open: string | undefined;
  readonly onOpen: (path: string) => void;
}) {
  const top = useQuery(filesQuery(owner, ''));
  if (top.error) return <PageError error={top.error} onRetry={() => void top.refetch()} />;
  if (!top.data) return <SkeletonRows rows={6} height={28} />;
  if (top.data.length === 0) return <Empty>{t('run.noFiles')}</Empty>;
  return (
    <div className="grid min-h-0 flex-1 sm:grid-cols-[minmax(200px,320px)_minmax(0,1fr)]">
      <div className="min-h-0 overflow-y-auto border-line bg-panel py-1 max-sm:border-b sm:border-r">
        <FileTree owner={owner} folder="" depth={0} open={open} onOpen={onOpen} />
      </div>
      <div className="flex min-h-0 min-w-0 flex-col">
        {open === undefined ? (
          <Empty>{t('run.noFileChosen')}</Empty>
        ) : (
          <FilePreview key={open} owner={owner} path={open} />
        )}
      </div>
    </div>
  );
}
