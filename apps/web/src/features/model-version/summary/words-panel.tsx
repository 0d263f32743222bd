import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Chip } from '#ui/kit/Chip.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { TextArea } from '#ui/kit/TextArea.tsx';
import { refreshRegistry, type VersionDetail } from '../../../api/registry.ts';
import { server } from '../../../api/server.ts';
import { FormDialog } from '../../../parts/forms/form-dialog.tsx';
import { rt } from '../../../text/registry/translate.ts';

/** What people say of it in their own words: description and tags. Nothing to say takes no room. */
export function WordsPanel({ version }: { readonly version: VersionDetail }) {
  const [isOpen, setOpen] = useState(false);
  const { description, tags, model } = version;
  const shown = tags.filter(({ key }) => !/^(mlflow|cairn)\./.test(key));
  if (description === '' && shown.length === 0 && !model.may.write) return null;
  return (
    <Section
      title={rt('words.title')}
      end={
        model.may.write && (
          <button type="button" className="cursor-pointer text-accent" onClick={() => setOpen(true)}>
            {rt('words.edit')}
          </button>
        )
      }
    >
      <Panel className="px-3 py-2">
        {description === '' ? (
          <p className="text-12 text-ink-3">{rt('words.none')}</p>
        ) : (
          <p className="max-h-40 overflow-y-auto text-12 leading-5 whitespace-pre-wrap text-ink-2">
            {description}
          </p>
        )}
        {shown.length > 0 && (
          <p className="mt-2 flex flex-wrap gap-1">
            {shown.map(({ key, value }) => (
              <span key={key} className="max-w-full min-w-0" title={`${key}: ${value}`}>
                <Chip>{value === '' ? key : `${key}: ${value}`}</Chip>
              </span>
            ))}
          </p>
        )}
      </Panel>
      {isOpen && <DescribeDialog version={version} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function DescribeDialog({
  version,
  onClose,
}: {
  readonly version: VersionDetail;
  readonly onClose: () => void;
}) {
  const { model, number } = version;
  const [description, setDescription] = useState(version.description);
  const save = useMutation({
    mutationFn: () =>
      server.updateModelVersion({
        params: { model: model.name, version: String(number) },
        body: { description },
      }),
    onSuccess: async () => {
      await refreshRegistry();
      onClose();
    },
  });
  return (
    <FormDialog
      title={rt('words.describe', { version: `${model.name} v${number}` })}
      action={rt('words.save')}
      isReady
      sending={save}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextArea
        label={rt('words.description')}
        rows={6}
        autoFocus
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
    </FormDialog>
  );
}
