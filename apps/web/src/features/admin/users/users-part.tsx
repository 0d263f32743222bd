import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { accountsQuery, rolesQuery, type AccountJson, type AccountRow } from '../../../api/identity.ts';
import { tt } from '../../../text/team/translate.ts';
import { RowsPanel } from '../part-state.tsx';
import { matches, SearchBox, useAdminSearch } from '../search-box.tsx';
import { AccountsTable } from './accounts-table.tsx';
import { AddAccountDialog } from './add-account-dialog.tsx';

/** People and programs that may log in or hold keys. */
export function UsersPart() {
  const accounts = useQuery(accountsQuery);
  const roles = useQuery(rolesQuery());
  const [{ q }] = useAdminSearch();
  const [adding, setAdding] = useState<AccountJson['kind']>();
  const found = (kind: AccountJson['kind']): AccountRow[] =>
    (accounts.data ?? [])
      .filter((each) => each.kind === kind && matches(q, each.name, each.displayName))
      .toSorted((a, b) => a.displayName.localeCompare(b.displayName));
  const people = found('user');
  const services = found('service');
  return (
    <>
      <Section
        title={tt('users.people')}
        note={accounts.data && people.length}
        end={
          <>
            <SearchBox label={tt('users.find')} />
            <Button
              look="primary"
              icon={<Plus size={14} aria-hidden="true" />}
              onClick={() => setAdding('user')}
            >
              {tt('users.invite')}
            </Button>
          </>
        }
      >
        <RowsPanel
          queries={[accounts, roles]}
          isEmpty={people.length === 0}
          emptyText={tt('users.invite')}
          searched={q}
        >
          <AccountsTable label={tt('users.people')} accounts={people} roles={roles.data ?? []} />
        </RowsPanel>
      </Section>
      <Section
        title={tt('users.services')}
        note={accounts.data && services.length > 0 ? services.length : undefined}
        end={
          <Button icon={<Plus size={14} aria-hidden="true" />} onClick={() => setAdding('service')}>
            {tt('users.addService')}
          </Button>
        }
      >
        <RowsPanel
          queries={[accounts, roles]}
          isEmpty={services.length === 0}
          emptyText={tt('users.noServices')}
          searched={q}
        >
          <AccountsTable label={tt('users.services')} accounts={services} roles={roles.data ?? []} />
        </RowsPanel>
        <p className="mt-2 text-12 text-ink-3">{tt('users.servicesLead')}</p>
      </Section>
      {adding && <AddAccountDialog kind={adding} onClose={() => setAdding(undefined)} />}
    </>
  );
}
