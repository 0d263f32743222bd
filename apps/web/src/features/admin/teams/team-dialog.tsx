import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Field } from '#ui/kit/Field.tsx';
import type { AccountRow, TeamJson } from '../../../api/identity.ts';
import { server } from '../../../api/server.ts';
import { CheckList } from '../../../parts/forms/check-list.tsx';
import { FormDialog } from '../../../parts/forms/form-dialog.tsx';
import { tt } from '../../../text/team/translate.ts';

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
    <FormDialog
      title={team ? tt('teams.editTitle', { name: team.name }) : tt('teams.create')}
      action={team ? tt('profile.save') : tt('teams.create')}
      isReady={isReady}
      sending={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      otherAction={
        onDelete && (
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
        )
      }
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
    </FormDialog>
  );
}
