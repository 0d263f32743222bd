import { useQuery, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { PageError } from '../../shell/page-error.tsx';
import { bytes, count } from '../../text/numbers.ts';
import { t } from '../../text/translate.ts';
import { Empty, SkeletonRows } from '../placeholders.tsx';
import { fileKind, parseTable, readableJson, textOfBytes, type FileKind } from './file-kinds.ts';

/** Larger files are for tools that can scroll them. */
const TEXT_LIMIT = 1_000_000;
const IMAGE_LIMIT = 20_000_000;
const TABLE_ROWS = 500;

/** Where the bytes of a file come from: its query, and the address that the browser itself follows. */
export interface FileBytes<Key extends QueryKey> {
  readonly path: string;
  readonly sizeBytes: number;
  readonly url: string;
  readonly query: UseQueryOptions<ArrayBuffer, Error, ArrayBuffer, Key>;
}

/** What a file holds, as text, table or picture. Nothing a user logged is ever run or taken for markup. */
export function FileContent<Key extends QueryKey>({ file }: { readonly file: FileBytes<Key> }) {
  const kind = fileKind(file.path);
  const limit = kind === 'image' ? IMAGE_LIMIT : TEXT_LIMIT;
  if (kind === 'other') return <Empty>{t('run.noPreview')}</Empty>;
  if (file.sizeBytes > limit) {
    return <Empty>{t('run.tooLarge', { size: bytes(file.sizeBytes), limit: bytes(limit) })}</Empty>;
  }
  if (kind !== 'image') return <TextContent file={file} kind={kind} />;
  return (
    <img
      src={file.url}
      alt={file.path}
      className="m-4 max-w-[calc(100%-32px)] rounded-control border border-line"
    />
  );
}

function TextContent<Key extends QueryKey>({
  file,
  kind,
}: {
  readonly file: FileBytes<Key>;
  readonly kind: FileKind;
}) {
  const { data, error, refetch } = useQuery(file.query);
  const text = useMemo(() => data && textOfBytes(data), [data]);
  if (error) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={6} height={20} />;
  if (text === undefined) return <Empty>{t('run.noPreview')}</Empty>;
  if (kind === 'table')
    return <TableContent text={text} separator={file.path.endsWith('.tsv') ? '\t' : ','} />;
  return (
    <>
      {kind === 'html' && <Empty>{t('run.htmlAsText')}</Empty>}
      <pre className="w-max min-w-full px-4 py-3 font-mono text-12 leading-5">
        {kind === 'json' ? readableJson(text) : text}
      </pre>
    </>
  );
}

function TableContent({ text, separator }: { readonly text: string; readonly separator: string }) {
  const { rows, total } = useMemo(() => parseTable(text, separator, TABLE_ROWS + 1), [text, separator]);
  const [head = [], ...body] = rows;
  const cell = (value: string, i: number): ReactNode => (
    <td
      key={i}
      className={`max-w-80 truncate px-3 py-1 ${value !== '' && Number.isFinite(Number(value)) ? 'text-right' : ''}`}
    >
      {value}
    </td>
  );
  return (
    <>
      <table className="border-collapse text-12">
        <thead className="sticky top-0 bg-app text-11 text-ink-3">
          <tr>
            {head.map((name, i) => (
              <th key={i} scope="col" className="px-3 py-1.5 text-left font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, i) => (
            <tr key={i} className="border-t border-line hover:bg-hover">
              {row.map(cell)}
            </tr>
          ))}
        </tbody>
      </table>
      {total - 1 > body.length && (
        <Empty>{t('run.truncated', { shown: count(body.length), total: count(total - 1) })}</Empty>
      )}
    </>
  );
}
