import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { TextArea } from '#ui/kit/TextArea.tsx';
import { refreshRegistry } from '../../../api/registry.ts';
import { server } from '../../../api/server.ts';
import { rt } from '../../../text/registry/translate.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';

/** Takes a version out of what is offered; it stays readable, and can be offered again. */
export function DeprecateDialog({
  model,
  version,
  onClose,
}: {
  readonly model: string;
  readonly version: number;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const deprecate = useMutation({
    mutationFn: () =>
      server.updateModelVersion({
        params: { model, version: String(version) },
        body: { deprecated: { reason: reason.trim() } },
      }),
    onSuccess: async () => {
      await refreshRegistry();
      onClose();
    },
  });
  return (
    <FormDialog
      title={rt('deprecate.title', { version: `${model} v${version}` })}
      action={rt('deprecate.go')}
      isReady
      sending={deprecate}
      onSubmit={() => deprecate.mutate()}
      onClose={onClose}
    >
      <p className="text-ink-2">{rt('deprecate.text')}</p>
      <TextArea
        label={rt('reason.label')}
        hint={rt('deprecate.hint')}
        autoFocus
        maxLength={10_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
