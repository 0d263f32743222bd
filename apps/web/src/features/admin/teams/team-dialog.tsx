import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { Field } from '#ui/kit/Field.tsx';
import type { AccountRow, TeamJson } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { CheckList } from '../../../parts/forms/check-list.tsx';
import { FormError } from '../../../parts/forms/form-error.tsx';
import { tt } from '../../../text/team/translate.ts';
import { t } from '../../../text/translate.ts';

/** A team's name and members: of a new one, or of one that is there. */
export function TeamDialog({
  team,
  accounts,
  onDelete,
  onClose,
}: {
  readonly team?: TeamJson;
  readonly accounts: readonly AccountRow[];
  readonly onDelete?: () => void;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const formId = useId();
  const [name, setName] = useState(team?.name ?? '');
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set(team?.members));
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), members: [...members] };
      return team ? server.updateTeam({ params: { team: team.id }, body }) : server.createTeam({ body });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['teams'] });
      onClose();
    },
  });
  const isReady = name.trim() !== '';
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={team ? tt('teams.editTitle', { name: team.name }) : tt('teams.create')}
      closeLabel={t('action.close')}
      actions={
        <>
          {onDelete && (
            <Button
              look="danger"
              className="mr-auto"
              onClick={() => {
                onClose();
                onDelete();
              }}
            >
              {tt('teams.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{tt('admin.cancel')}</Button>
          <Button type="submit" form={formId} look="primary" disabled={!isReady || save.isPending}>
            {team ? tt('profile.save') : tt('teams.create')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) save.mutate();
        }}
      >
        <Field
          label={tt('teams.nameLabel')}
          autoFocus={team === undefined}
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <CheckList
          label={tt('teams.membersLabel')}
          findLabel={tt('teams.findMember')}
          options={accounts
            .filter(({ id, disabledAt }) => disabledAt === undefined || members.has(id))
            .toSorted((a, b) => a.displayName.localeCompare(b.displayName))
            .map((each) => ({
              id: each.id,
              text: each.displayName,
              ...(each.name !== each.displayName && { note: each.name }),
            }))}
          chosen={members}
          onChange={setMembers}
        />
        <FormError error={save.error} />
      </form>
    </Dialog>
  );
}
