import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, File, Folder } from 'lucide-react';
import { useState } from 'react';
import type { FileEntryJson } from '#core/contract/schemas.ts';
import { bytes } from '../../../text/numbers.ts';
import { filesQuery, type FileOwner } from '../queries.ts';

interface TreeProps {
  readonly owner: FileOwner;
  readonly folder: string;
  readonly depth: number;
  readonly open: string | undefined;
  readonly onOpen: (path: string) => void;
}

/** One level; a folder's content is asked for when it is opened. */
export function FileTree(props: TreeProps) {
  const { data: entries = [] } = useQuery(filesQuery(props.owner, props.folder));
  return (
    <ul className={props.depth === 0 ? 'px-2' : ''}>
      {entries.map((entry) => (
        <li key={entry.path}>
          {entry.kind === 'directory' ? (
            <FolderRow {...props} entry={entry} />
          ) : (
            <FileRow {...props} entry={entry} />
          )}
        </li>
      ))}
    </ul>
  );
}

const ROW =
  'flex h-7 w-full cursor-pointer items-center gap-1.5 rounded-control pr-2 text-left text-12 hover:bg-hover aria-[current=true]:bg-selected aria-[current=true]:font-medium';
const INDENT = 16;

function FolderRow({ entry, ...tree }: TreeProps & { readonly entry: FileEntryJson }) {
  const isOnTheWay = tree.open?.startsWith(`${entry.path}/`) ?? false;
  const [isOpen, setOpen] = useState(isOnTheWay || tree.depth === 0);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        className={ROW}
        style={{ paddingLeft: 4 + tree.depth * INDENT }}
        onClick={() => setOpen(!isOpen)}
      >
        <Chevron size={12} className="shrink-0 text-ink-3" aria-hidden="true" />
        <Folder size={14} strokeWidth={1.5} className="shrink-0 text-ink-3" aria-hidden="true" />
        <span className="truncate">{nameOf(entry.path)}</span>
      </button>
      {isOpen && <FileTree {...tree} folder={entry.path} depth={tree.depth + 1} />}
    </>
  );
}

function FileRow({ entry, depth, open, onOpen }: TreeProps & { readonly entry: FileEntryJson }) {
  return (
    <button
      type="button"
      aria-current={entry.path === open}
      className={ROW}
      style={{ paddingLeft: 22 + depth * INDENT }}
      onClick={() => onOpen(entry.path)}
    >
      <File size={14} strokeWidth={1.5} className="shrink-0 text-ink-3" aria-hidden="true" />
      <span className="truncate" title={entry.path}>
        {nameOf(entry.path)}
      </span>
      <span className="ml-auto shrink-0 text-11 text-ink-3">
        {entry.sizeBytes !== undefined && bytes(entry.sizeBytes)}
      </span>
    </button>
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
