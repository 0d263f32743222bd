import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Field } from '#ui/kit/Field.tsx';
import { TextArea } from '#ui/kit/TextArea.tsx';
import { server } from '../../../api/server.ts';
import { trackingUri } from '../../../api/workspace.ts';
import type { WorkspaceJson } from '../../../api/workspaces.ts';
import { FormDialog } from '../../../parts/forms/form-dialog.tsx';
import { tt } from '../../../text/team/translate.ts';

/** A workspace's words: of a new one with its id, or of one that is there, whose id stays. */
export function WorkspaceDialog({
  workspace,
  onDelete,
  onClose,
}: {
  readonly workspace?: WorkspaceJson;
  readonly onDelete?: () => void;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [id, setId] = useState(workspace?.id ?? '');
  const [name, setName] = useState(workspace?.name ?? '');
  const [description, setDescription] = useState(workspace?.description ?? '');
  const isId = /^[a-z0-9][a-z0-9-]{0,62}$/.test(id);
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim() === '' ? id : name.trim(), description: description.trim() };
      return workspace
        ? server.updateWorkspace({ params: { workspace: id }, body })
        : server.createWorkspace({ body: { id, ...body } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['workspaces'] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={workspace ? tt('workspaces.editTitle', { name: workspace.name }) : tt('workspaces.create')}
      action={workspace ? tt('profile.save') : tt('workspaces.create')}
      isReady={isId}
      sending={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
      otherAction={
        onDelete &&
        workspace?.id !== 'default' && (
          <Button
            look="danger"
            className="mr-auto"
            onClick={() => {
              onClose();
              onDelete();
            }}
          >
            {tt('workspaces.delete')}
          </Button>
        )
      }
    >
      {!workspace && (
        <Field
          label={tt('workspaces.idLabel')}
          hint={
            id === '' || isId
              ? tt('workspaces.idHint', { address: trackingUri(id === '' ? '…' : id) })
              : tt('workspaces.idBad')
          }
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={63}
          value={id}
          onChange={(event) => setId(event.target.value.toLowerCase())}
        />
      )}
      <Field
        label={tt('workspaces.nameLabel')}
        hint={tt('workspaces.nameHint')}
        autoFocus={workspace !== undefined}
        autoComplete="off"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextArea
        label={tt('workspaces.descriptionLabel')}
        maxLength={10_000}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
    </FormDialog>
  );
}
