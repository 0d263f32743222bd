import { File } from 'lucide-react';
import type { QueryKey } from '@tanstack/react-query';
import { CopyText } from '#ui/kit/CopyText.tsx';
import { bytes } from '../../text/numbers.ts';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { Empty } from '../placeholders.tsx';
import { FileContent, type FileBytes } from './file-content.tsx';
import { FileFrame } from './file-frame.tsx';
import { filesInOrder, type FileRow, type VersionFile } from './file-order.ts';

export interface SealedFilesProps<Key extends QueryKey> {
  /** The first of them. */
  readonly files: readonly VersionFile[];
  /** How many there are. */
  readonly total: number;
  /** Path of the one that is open; without it the first that reads MLmodel. */
  readonly open: string | undefined;
  readonly onOpen: (path: string) => void;
  readonly bytesOf: (path: string) => Pick<FileBytes<Key>, 'url' | 'query'>;
}

/** What a version holds, by digest: the list at the left, the open file beside it. */
export function SealedFiles<Key extends QueryKey>(props: SealedFilesProps<Key>) {
  const rows = filesInOrder(props.files);
  const files = rows.filter((row) => row.kind === 'file');
  const open =
    files.find(({ path }) => path === props.open) ?? files.find(({ path }) => /(^|\/)MLmodel$/.test(path));
  return (
    <div className="grid min-h-0 flex-1 sm:grid-cols-[minmax(220px,320px)_minmax(0,1fr)]">
      <div className="min-h-0 overflow-y-auto border-line bg-panel py-1 max-sm:max-h-72 max-sm:border-b sm:border-r">
        <ul className="px-2">
          {rows.map((row) => (
            <li key={`${row.kind} ${row.path}`}>
              {row.kind === 'folder' ? (
                <span
                  className="flex h-7 items-center px-1 text-12 text-ink-3"
                  style={{ paddingLeft: indent(row) }}
                >
                  {row.name}/
                </span>
              ) : (
                <button
                  type="button"
                  aria-current={row.path === open?.path}
                  className="flex h-7 w-full cursor-pointer items-center gap-1.5 rounded-control pr-2 text-left text-12 hover:bg-hover aria-[current=true]:bg-selected aria-[current=true]:font-medium"
                  style={{ paddingLeft: indent(row) }}
                  onClick={() => props.onOpen(row.path)}
                >
                  <File size={14} strokeWidth={1.5} className="shrink-0 text-ink-3" aria-hidden="true" />
                  <span className="truncate" title={row.path}>
                    {row.name}
                  </span>
                  <span className="ml-auto shrink-0 text-11 text-ink-3">{bytes(row.sizeBytes)}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
        {props.total > files.length && (
          <Empty>{rt('files.more', { count: props.total - files.length })}</Empty>
        )}
      </div>
      <div className="flex min-h-0 min-w-0 flex-col">
        {open ? (
          <OpenFile key={open.path} file={open} {...props.bytesOf(open.path)} />
        ) : (
          <Empty>{t('run.noFileChosen')}</Empty>
        )}
      </div>
    </div>
  );
}

function indent({ depth }: FileRow): number {
  return 6 + depth * 16;
}

function OpenFile<Key extends QueryKey>({
  file,
  url,
  query,
}: { readonly file: Extract<FileRow, { kind: 'file' }> } & Pick<FileBytes<Key>, 'url' | 'query'>) {
  const { path, digest, sizeBytes } = file;
  return (
    <FileFrame
      path={path}
      sizeBytes={sizeBytes}
      url={url}
      fact={
        <CopyText text={digest} shown={`sha256 ${digest.slice(0, 12)}…`} copiedText={t('action.copied')} />
      }
    >
      <FileContent file={{ path, sizeBytes, url, query }} />
    </FileFrame>
  );
}
