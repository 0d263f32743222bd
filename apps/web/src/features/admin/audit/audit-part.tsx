import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '#ui/kit/Button.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { Select } from '#ui/kit/Select.tsx';
import { accountsQuery, auditQuery } from '../../../api/identity.ts';
import { saveText } from '../../../parts/save-text.ts';
import { actionWord, KNOWN_ACTIONS, tt } from '../../../text/team/translate.ts';
import { RowsPanel } from '../part-state.tsx';
import { useAdminSearch } from '../search-box.tsx';
import { auditCsv } from './audit-csv.ts';
import { AuditTable } from './audit-table.tsx';
import { VerifyChain } from './verify-chain.tsx';

/** Who did what, newest first. Nothing in it can be changed; the chain of hashes shows if somebody tried. */
export function AuditPart() {
  const [{ actor, action }, change] = useAdminSearch();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const audit = useInfiniteQuery(auditQuery({ actor, action }));
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Section
      title={tt('admin.audit')}
      note={entries.length > 0 && tt('audit.loaded', { count: entries.length })}
      end={
        <Button
          icon={<Download size={14} strokeWidth={1.5} aria-hidden="true" />}
          disabled={entries.length === 0}
          onClick={() => saveText('cairn-audit.csv', 'text/csv', auditCsv(entries))}
        >
          {tt('audit.export')}
        </Button>
      }
    >
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Select
          label={tt('audit.actor')}
          className="w-48 max-sm:flex-1"
          value={actor ?? ''}
          options={[
            { value: '', text: tt('audit.anybody') },
            ...accounts
              .toSorted((a, b) => a.displayName.localeCompare(b.displayName))
              .map(({ id, displayName }) => ({ value: id, text: displayName })),
          ]}
          onChange={(value) => change({ actor: value })}
        />
        <Select
          label={tt('audit.action')}
          className="w-48 max-sm:flex-1"
          value={action ?? ''}
          options={[
            { value: '', text: tt('audit.anything') },
            ...KNOWN_ACTIONS.map((value) => ({ value, text: actionWord(value) })),
          ]}
          onChange={(value) => change({ action: value })}
        />
        <VerifyChain />
      </div>
      <RowsPanel queries={[audit]} isEmpty={entries.length === 0} emptyText={tt('audit.none')}>
        <AuditTable entries={entries} />
      </RowsPanel>
      {audit.hasNextPage && (
        <Button
          className="mt-2"
          disabled={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {tt('audit.older')}
        </Button>
      )}
    </Section>
  );
}
