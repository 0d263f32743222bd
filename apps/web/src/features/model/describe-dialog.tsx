import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '#ui/kit/Field.tsx';
import { TextArea } from '#ui/kit/TextArea.tsx';
import { refreshRegistry, type RegisteredModelJson } from '../../api/registry.ts';
import { server } from '../../api/server.ts';
import { FormDialog } from '../../parts/forms/form-dialog.tsx';
import { rt } from '../../text/registry/translate.ts';
import { parseTags, tagChanges, tagLines } from './tag-lines.ts';

/** What it is for, who answers for it, its tags. */
export function DescribeDialog({
  model,
  onClose,
}: {
  readonly model: RegisteredModelJson;
  readonly onClose: () => void;
}) {
  const [description, setDescription] = useState(model.description);
  const [owner, setOwner] = useState(model.owner);
  const [tags, setTags] = useState(() => tagLines(model.tags));
  const save = useMutation({
    mutationFn: () =>
      server.updateRegisteredModel({
        params: { model: model.name },
        body: { description, owner: owner.trim(), ...tagChanges(model.tags, parseTags(tags)) },
      }),
    onSuccess: async () => {
      await refreshRegistry();
      onClose();
    },
  });
  return (
    <FormDialog
      title={rt('model.describe', { model: model.name })}
      action={rt('words.save')}
      isReady
      sending={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextArea
        label={rt('words.description')}
        rows={4}
        autoFocus
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
      <Field
        label={rt('model.owner')}
        hint={rt('model.ownerHint')}
        maxLength={256}
        value={owner}
        onChange={(event) => setOwner(event.target.value)}
      />
      <TextArea
        label={rt('model.tags')}
        hint={rt('model.tagsHint')}
        spellCheck={false}
        value={tags}
        onChange={(event) => setTags(event.target.value)}
      />
    </FormDialog>
  );
}
