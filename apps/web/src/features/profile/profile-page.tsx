import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { keysQuery } from '../../api/identity.ts';
import { useSession } from '../../api/session.ts';
import { CreateKeyDialog } from '../../parts/keys/create-key-dialog.tsx';
import { isEnded } from '../../parts/keys/key-state.ts';
import { KeysTable } from '../../parts/keys/keys-table.tsx';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { MissingPage } from '../../shell/missing-page.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { tt } from '../../text/team/translate.ts';
import { NamePanel } from './name-panel.tsx';
import { OwnRoles } from './own-roles.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { PasswordPanel } from './password-panel.tsx';

/** Who one is here, and the keys of one's programs. */
export function ProfilePage() {
  const { account } = useSession();
  return account ? <Profile /> : <MissingPage />;
}

function Profile() {
  useTitle(tt('profile.title'));
  const [isCreating, setCreating] = useState(false);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      <Crumbs>
        <h1 className="truncate font-semibold">{tt('profile.title')}</h1>
      </Crumbs>
      <div className="grid items-start gap-x-4 gap-y-6 xl:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-y-6">
          <Keys onCreate={() => setCreating(true)} />
          <OwnSessions />
        </div>
        <div className="grid gap-x-4 gap-y-6 max-xl:md:grid-cols-2">
          <NamePanel />
          <PasswordPanel />
          <OwnRoles />
        </div>
      </div>
      {isCreating && <CreateKeyDialog onClose={() => setCreating(false)} />}
    </div>
  );
}

function Keys({ onCreate }: { readonly onCreate: () => void }) {
  const { data: keys, error, refetch } = useQuery(keysQuery());
  const now = useNow(30_000);
  const active = keys?.filter((key) => !isEnded(key, now)).length;
  return (
    <Section
      title={tt('keys.title')}
      note={active === 0 ? undefined : active}
      end={
        <Button look="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={onCreate}>
          {tt('keys.create')}
        </Button>
      }
    >
      <Panel>
        {error && <PageError error={error} onRetry={() => void refetch()} />}
        {!keys && !error && <SkeletonRows rows={4} height={40} />}
        {keys?.length === 0 && <Empty>{tt('keys.none')}</Empty>}
        {keys && keys.length > 0 && <KeysTable keys={keys} />}
      </Panel>
      <p className="mt-2 text-12 text-ink-3">{tt('keys.lead')}</p>
    </Section>
  );
}
