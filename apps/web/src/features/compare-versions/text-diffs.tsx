import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { CopyText } from '#ui/kit/CopyText.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { versionFileQuery, type VersionDetail } from '../../api/registry.ts';
import { fileKind, readableJson, textOfBytes } from '../../parts/files/file-kinds.ts';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { patchOf } from './comparison.ts';
import { differingTexts, type TextPair } from './differing-texts.ts';
import { diffLines, hunksOf, type DiffLine } from './line-diff.ts';

/** So many stand open at first. */
const OPEN = 3;

/** Texts that differ, line by line: what was not committed, then the environment, then the rest. */
export function TextDiffs({ a, b }: { readonly a: VersionDetail; readonly b: VersionDetail }) {
  const pairs = useMemo(() => differingTexts(a.fileList, b.fileList), [a.fileList, b.fileList]);
  const patches = [patchOf(a), patchOf(b)] as const;
  const hasPatch = patches.some((patch) => patch !== undefined);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Section title={rt('diff.code')}>
        <Panel className="overflow-hidden">
          <Commits a={a} b={b} />
          {hasPatch ? (
            <div className="border-t border-line">
              <Lines before={patches[0] ?? ''} after={patches[1] ?? ''} />
            </div>
          ) : (
            <p className="border-t border-line px-3 py-2 text-12 text-ink-3">{rt('diff.noPatch')}</p>
          )}
        </Panel>
      </Section>
      <Section title={rt('diff.texts')} note={pairs.length}>
        <Panel className="overflow-hidden">
          {pairs.length === 0 && <Empty>{rt('diff.none')}</Empty>}
          {pairs.map((pair, i) => (
            <FileDiff key={pair.path} pair={pair} a={a} b={b} startsOpen={i < OPEN} />
          ))}
        </Panel>
      </Section>
    </div>
  );
}

function Commits({ a, b }: { readonly a: VersionDetail; readonly b: VersionDetail }) {
  const [from, to] = [a, b].map(({ origin, gitCommit }) => origin.source.gitCommit ?? gitCommit);
  const words =
    from === undefined || to === undefined
      ? rt('diff.commitMissing')
      : from === to
        ? rt('diff.sameCommit', { commit: from.slice(0, 9) })
        : undefined;
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-2 px-3 text-12">
      {words ?? (
        <>
          <CopyText
            text={`git diff ${from}..${to}`}
            shown={`git diff ${from?.slice(0, 9)}..${to?.slice(0, 9)}`}
            copiedText={t('action.copied')}
          />
          <span className="text-ink-3">{a.origin.source.gitRepository}</span>
        </>
      )}
    </div>
  );
}

function FileDiff({
  pair,
  a,
  b,
  startsOpen,
}: {
  readonly pair: TextPair;
  readonly a: VersionDetail;
  readonly b: VersionDetail;
  readonly startsOpen: boolean;
}) {
  const [isOpen, setOpen] = useState(startsOpen);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={isOpen}
        className="flex h-8 w-full cursor-pointer items-center gap-2 px-3 text-left text-12 hover:bg-hover"
        onClick={() => setOpen(!isOpen)}
      >
        <Chevron size={12} className="shrink-0 text-ink-3" aria-hidden="true" />
        <span className="truncate font-mono">{pair.path}</span>
        {!pair.inA && <span className="text-ink-3">{rt('compare.added')}</span>}
        {!pair.inB && <span className="text-ink-3">{rt('compare.removed')}</span>}
      </button>
      {isOpen && <FileLines pair={pair} a={a} b={b} />}
    </div>
  );
}

function FileLines({
  pair,
  a,
  b,
}: {
  readonly pair: TextPair;
  readonly a: VersionDetail;
  readonly b: VersionDetail;
}) {
  const left = useQuery({ ...versionFileQuery(a.model.name, a.number, pair.path), enabled: pair.inA });
  const right = useQuery({ ...versionFileQuery(b.model.name, b.number, pair.path), enabled: pair.inB });
  const error = left.error ?? right.error;
  if (error) return <PageError error={error} />;
  if ((pair.inA && !left.data) || (pair.inB && !right.data)) return <SkeletonRows rows={3} height={20} />;
  const before = left.data ? textOfBytes(left.data) : '';
  const after = right.data ? textOfBytes(right.data) : '';
  if (before === undefined || after === undefined) return <Empty>{rt('diff.binary')}</Empty>;
  const isJson = fileKind(pair.path) === 'json';
  return (
    <Lines before={isJson ? readableJson(before) : before} after={isJson ? readableJson(after) : after} />
  );
}

const LOOKS: Readonly<Record<DiffLine['kind'], string>> = {
  same: 'text-ink-2',
  added: 'bg-[color-mix(in_srgb,var(--better)_11%,transparent)]',
  removed: 'bg-[color-mix(in_srgb,var(--worse)_10%,transparent)]',
};
const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: '', added: '+', removed: '−' };

/** Old and new line numbers, sign, line; long lines wrap. */
function Lines({ before, after }: { readonly before: string; readonly after: string }) {
  const hunks = useMemo(() => hunksOf(diffLines(before, after)), [before, after]);
  if (hunks.length === 0) return <Empty>{rt('diff.equal')}</Empty>;
  return (
    <div className="pb-1 font-mono text-12 leading-5">
      {hunks.map(({ key, lines }, i) => (
        <div key={key} className={i > 0 ? 'mt-1 border-t border-dashed border-line pt-1' : ''}>
          {lines.map(({ kind, text, a, b }) => (
            <div
              key={`${a} ${b}`}
              className={`grid min-h-5 grid-cols-[32px_32px_16px_minmax(0,1fr)] pr-2 ${LOOKS[kind]}`}
            >
              <span className="pr-2 text-right text-11 text-ink-2">{a}</span>
              <span className="pr-2 text-right text-11 text-ink-2">{b}</span>
              <span>
                {SIGNS[kind]}
                {kind !== 'same' && <span className="sr-only">{rt(`diff.${kind}`)}</span>}
              </span>
              <span className="break-all whitespace-pre-wrap">{text}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
