import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Input } from '#ui/kit/Input.tsx';
import { Kbd } from '#ui/kit/Kbd.tsx';
import { Segmented } from '#ui/kit/Segmented.tsx';
import { versionFileQuery, type VersionDetail } from '../../api/registry.ts';
import { textOfBytes } from '../../parts/files/file-kinds.ts';
import { useHotkeys } from '../../shell/keys/hotkeys.ts';
import { count } from '../../text/numbers.ts';
import { rt } from '../../text/registry/translate.ts';
import { compareVersions, parseRequirements } from './comparison.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { TextDiffs } from './text-diffs.tsx';
import { PageBody } from '../../parts/page-body.tsx';

const FIND_ID = 'find-key';

/** Rows on the left, texts that differ on the right. */
export function Comparison({
  a,
  b,
  isAll,
  onAll,
}: {
  readonly a: VersionDetail;
  readonly b: VersionDetail;
  readonly isAll: boolean;
  readonly onAll: (isAll: boolean) => void;
}) {
  const [query, setQuery] = useState('');
  const [left, right] = [useRequirements(a), useRequirements(b)];
  const groups = useMemo(() => compareVersions(a, b, { a: left, b: right }), [a, b, left, right]);
  const all = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const different = groups.reduce((sum, group) => sum + group.different, 0);
  useHotkeys({ '/': () => document.getElementById(FIND_ID)?.focus() });
  const wanted = query.trim().toLowerCase();
  const shown = groups.map((group) => ({
    ...group,
    total: group.rows.length,
    rows: group.rows.filter(({ key, isSame }) => (isAll || !isSame) && key.toLowerCase().includes(wanted)),
  }));
  return (
    <PageBody label={rt('compare.heading')}>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_544px]">
        <div className="min-w-0">
          <div className="mb-2 flex flex-wrap items-center gap-2">
            <Segmented
              label={rt('compare.rows')}
              value={isAll ? 'all' : 'different'}
              options={[
                { value: 'different', text: rt('compare.onlyDifferent', { n: count(different) }) },
                { value: 'all', text: rt('compare.all', { n: count(all) }) },
              ]}
              onChange={(value) => onAll(value === 'all')}
            />
            <Input
              id={FIND_ID}
              type="search"
              label={rt('compare.find')}
              placeholder={rt('compare.find')}
              className="w-60 max-sm:w-full"
              icon={<Search size={14} strokeWidth={1.5} aria-hidden="true" />}
              trailing={<Kbd className="max-sm:hidden">/</Kbd>}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          </div>
          <ComparisonTable a={a} b={b} groups={shown} />
        </div>
        <TextDiffs a={a} b={b} />
      </div>
    </PageBody>
  );
}

const NO_PACKAGES: ReadonlyMap<string, string> = new Map();

/** What its requirements file asks for; nothing while it loads, or when there is none. */
function useRequirements({ model, number, fileList }: VersionDetail): ReadonlyMap<string, string> {
  const file = fileList.find(({ path }) => /(^|\/)requirements\.txt$/.test(path));
  const { data } = useQuery({
    ...versionFileQuery(model.name, number, file?.path ?? ''),
    enabled: file !== undefined,
  });
  return useMemo(() => (data ? parseRequirements(textOfBytes(data) ?? '') : NO_PACKAGES), [data]);
}
