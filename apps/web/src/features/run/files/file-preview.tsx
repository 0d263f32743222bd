import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { endpointUrl } from '#core/contract/client.ts';
import { Button } from '#ui/kit/Button.tsx';
import { Empty, SkeletonRows } from '../../../parts/placeholders.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { PageError } from '../../../shell/page-error.tsx';
import { bytes, count } from '../../../text/numbers.ts';
import { absolute, age } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { fileKind, parseTable, textOfBytes, type FileKind } from './file-kinds.ts';
import { fileQuery, filesQuery, type FileOwner } from '../queries.ts';

/** Larger files are for tools that can scroll them. */
const TEXT_LIMIT = 1_000_000;
const IMAGE_LIMIT = 20_000_000;
const TABLE_ROWS = 500;

/** What a file holds, as text, table or picture. Nothing a user logged is ever run or taken for markup. */
export function FilePreview({ owner, path }: { readonly owner: FileOwner; readonly path: string }) {
  const now = useNow(60_000);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const { data: entries } = useQuery(filesQuery(owner, folder));
  const entry = entries?.find((each) => each.path === path);
  const kind = fileKind(path);
  const url =
    owner.kind === 'run'
      ? endpointUrl('getRunFile', { params: { run: owner.id }, query: { path } })
      : endpointUrl('getModelFile', { params: { model: owner.id }, query: { path } });
  const limit = kind === 'image' ? IMAGE_LIMIT : TEXT_LIMIT;
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
        {!entry ? (
          <SkeletonRows rows={6} height={20} />
        ) : kind === 'other' ? (
          <Empty>{t('run.noPreview')}</Empty>
        ) : (entry.sizeBytes ?? 0) > limit ? (
          <Empty>{t('run.tooLarge', { size: bytes(entry.sizeBytes ?? 0), limit: bytes(limit) })}</Empty>
        ) : kind === 'image' ? (
          <img
            src={url}
            alt={path}
            className="m-4 max-w-[calc(100%-32px)] rounded-control border border-line"
          />
        ) : (
          <TextPreview owner={owner} path={path} kind={kind} />
        )}
      </div>
    </>
  );
}

function TextPreview({
  owner,
  path,
  kind,
}: {
  readonly owner: FileOwner;
  readonly path: string;
  readonly kind: FileKind;
}) {
  const { data, error, refetch } = useQuery(fileQuery(owner, path));
  const text = useMemo(() => data && textOfBytes(data), [data]);
  if (error) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={6} height={20} />;
  if (text === undefined) return <Empty>{t('run.noPreview')}</Empty>;
  if (kind === 'table') return <TablePreview text={text} separator={path.endsWith('.tsv') ? '\t' : ','} />;
  return (
    <>
      {kind === 'html' && <Empty>{t('run.htmlAsText')}</Empty>}
      <Lines text={kind === 'json' ? readable(text) : text} />
    </>
  );
}

function Lines({ text }: { readonly text: string }) {
  return <pre className="w-max min-w-full px-4 py-3 font-mono text-12 leading-5">{text}</pre>;
}

function TablePreview({ text, separator }: { readonly text: string; readonly separator: string }) {
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

/** Indented, where it is JSON; as it is, where it only says so. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
