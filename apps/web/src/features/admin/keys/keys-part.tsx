import { useQuery } from '@tanstack/react-query';
import { Section } from '#ui/kit/Panel.tsx';
import { keysQuery } from '../../../api/identity.ts';
import { KeysTable } from '../../../parts/keys/keys-table.tsx';
import { tt } from '../../../text/team/translate.ts';
import { useNames } from '../names.ts';
import { RowsPanel } from '../part-state.tsx';
import { matches, SearchBox, useAdminSearch } from '../search-box.tsx';

/** Every key of the server: whose it is, when it was last used, and an end to it. */
export function KeysPart() {
  const keys = useQuery(keysQuery('all'));
  const { accountName } = useNames();
  const [{ q }] = useAdminSearch();
  const found = (keys.data ?? []).filter((key) => matches(q, key.name, key.prefix, accountName(key.account)));
  return (
    <Section
      title={tt('keys.title')}
      note={keys.data && found.length}
      end={<SearchBox label={tt('keys.find')} />}
    >
      <RowsPanel queries={[keys]} isEmpty={found.length === 0} emptyText={tt('keys.noneAny')} searched={q}>
        <KeysTable keys={found} ownerOf={accountName} />
      </RowsPanel>
    </Section>
  );
}
