import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '#ui/kit/Field.tsx';
import { Segmented } from '#ui/kit/Segmented.tsx';
import { Select } from '#ui/kit/Select.tsx';
import { ROLES, type AccountJson, type Role } from '../../api/identity.ts';
import { allProjectsQuery } from '../../api/workspaces.ts';
import { server } from '../../api/server.ts';
import { tt } from '../../text/team/translate.ts';
import { CheckList } from '../forms/check-list.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';

const DAYS = [7, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

/** Asks what a key is for and what it may; then shows it, once. */
export function CreateKeyDialog({
  account,
  onClose,
}: {
  /** Whose key, when it is not one's own. */
  readonly account?: AccountJson;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const { data: projects = [] } = useQuery(allProjectsQuery);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [days, setDays] = useState<string>('90');
  const [isLimited, setLimited] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const create = useMutation({
    mutationFn: () =>
      server.createKey({
        body: {
          name: name.trim(),
          role,
          ...(account && { account: account.id }),
          ...(isLimited && { projects: [...chosen] }),
          ...(days !== '' && { expiresAt: Date.now() + Number(days) * DAY_MS }),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  if (create.data) {
    return <SecretDialog name={create.data.key.name} secret={create.data.secret} onClose={onClose} />;
  }
  const isReady = name.trim() !== '' && (!isLimited || chosen.size > 0);
  return (
    <FormDialog
      title={account ? tt('keys.createFor', { name: account.displayName }) : tt('keys.create')}
      action={tt('keys.create')}
      isReady={isReady}
      sending={create}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <Field
        label={tt('keys.nameLabel')}
        hint={tt('keys.nameHint')}
        autoFocus
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="flex flex-wrap gap-4">
        <div>
          <div className="mb-1 text-12 font-medium text-ink-2">{tt('keys.roleLabel')}</div>
          <Segmented
            label={tt('keys.roleLabel')}
            value={role}
            options={ROLES.map((value) => ({ value, text: tt(`role.${value}`) }))}
            onChange={setRole}
          />
          <p className="mt-1 text-12 text-ink-3">{tt(`role.${role}Means`)}</p>
        </div>
        <Select
          label={tt('keys.expiresLabel')}
          hasVisibleLabel
          className="w-36"
          value={days}
          options={[
            ...DAYS.map((count) => ({ value: String(count), text: tt('keys.inDays', { count }) })),
            { value: '', text: tt('keys.never') },
          ]}
          onChange={setDays}
        />
      </div>
      <div>
        <div className="mb-1 text-12 font-medium text-ink-2">{tt('keys.projectsLabel')}</div>
        <Segmented
          label={tt('keys.projectsLabel')}
          value={isLimited ? 'some' : 'every'}
          options={[
            { value: 'every', text: tt('keys.everyProject') },
            { value: 'some', text: tt('keys.someProjects') },
          ]}
          onChange={(value) => setLimited(value === 'some')}
        />
        {isLimited && (
          <div className="mt-2">
            <CheckList
              label={tt('keys.noProject')}
              findLabel={tt('keys.findProject')}
              options={projects.map((each) => ({ id: each.id, text: each.name }))}
              chosen={chosen}
              onChange={setChosen}
            />
          </div>
        )}
      </div>
    </FormDialog>
  );
}
