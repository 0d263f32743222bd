import { useMutation } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '#core/contract/client.ts';
import { Select } from '#ui/kit/Select.tsx';
import { TextArea } from '#ui/kit/TextArea.tsx';
import { refreshRegistry } from '../../../api/registry.ts';
import { server } from '../../../api/server.ts';
import { rt } from '../../../text/registry/translate.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import type { WayBack } from '../holders.ts';
import { targetWords } from '../names.tsx';
import { ResultDialog } from './result-dialog.tsx';

/** From which version to which, of which name, and why. */
export function RollBackDialog({
  model,
  ways,
  onClose,
}: {
  readonly model: string;
  /** What the version holds and can give back; the first is offered. */
  readonly ways: readonly WayBack[];
  readonly onClose: () => void;
}) {
  const [at, setAt] = useState('0');
  const [reason, setReason] = useState('');
  const way = ways[Number(at)];
  const rollBack = useMutation({
    mutationFn: ({ target, from }: WayBack) =>
      server.rollBack({
        params: { model },
        body: { target, reason: reason.trim(), expectedHolder: from },
      }),
    onSettled: refreshRegistry,
  });
  if (rollBack.data) {
    const { from, to } = rollBack.data;
    const target = targetWords(rollBack.variables.target);
    return (
      <ResultDialog
        title={rt('rollBack.result')}
        status="finished"
        text={rt('rollBack.resultText', { target, from: `v${from}`, to: `v${to}` })}
        onClose={onClose}
      />
    );
  }
  if (!way) return null;
  const error =
    rollBack.error instanceof ApiError && rollBack.error.status === 409
      ? new Error(rt('promote.conflict'))
      : rollBack.error;
  return (
    <FormDialog
      title={rt('rollBack.title', { model })}
      action={rt('rollBack.go', { version: `v${way.to}` })}
      isReady
      sending={{ isPending: rollBack.isPending, error }}
      onSubmit={() => rollBack.mutate(way)}
      onClose={onClose}
    >
      {ways.length > 1 && (
        <Select
          label={rt('promote.target')}
          hasVisibleLabel
          value={at}
          options={ways.map((each, i) => ({ value: String(i), text: targetWords(each.target) }))}
          onChange={setAt}
        />
      )}
      <p className="flex items-center gap-3 text-16 font-semibold">
        <span className="text-13 font-normal text-ink-2">{targetWords(way.target)}</span>
        <span>v{way.from}</span>
        <ArrowRight size={16} strokeWidth={1.5} aria-label={rt('rollBack.to')} />
        <span>v{way.to}</span>
      </p>
      <p className="text-12 text-ink-3">{rt('rollBack.note')}</p>
      <TextArea
        label={rt('reason.label')}
        hint={rt('reason.hint')}
        autoFocus
        maxLength={10_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
