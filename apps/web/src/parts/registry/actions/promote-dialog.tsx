import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '#core/contract/client.ts';
import { Checkbox } from '#ui/kit/Field.tsx';
import { TextArea } from '#ui/kit/TextArea.tsx';
import { gateQuery, refreshRegistry, type RegisteredModelJson, type Target } from '../../../api/registry.ts';
import { server } from '../../../api/server.ts';
import { rt } from '../../../text/registry/translate.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { outlookOf } from '../checks.tsx';
import { nextTarget } from '../holders.ts';
import { targetWords } from '../names.tsx';
import { GateStanding } from './gate-standing.tsx';
import { ResultDialog } from './result-dialog.tsx';
import { TargetPicker } from './target-picker.tsx';

const NO_TARGET: Target = { kind: 'alias', name: '' };

/** Where to, what the gate says of it now, why; then what came of it. */
export function PromoteDialog({
  model,
  version,
  onClose,
}: {
  readonly model: RegisteredModelJson;
  readonly version: number;
  readonly onClose: () => void;
}) {
  const [target, setTarget] = useState<Target | undefined>(() => nextTarget(model, version));
  const [reason, setReason] = useState('');
  const [archiveOthers, setArchiveOthers] = useState(false);
  const gate = useQuery({
    ...gateQuery(model.name, version, target ?? NO_TARGET),
    enabled: target !== undefined,
  });
  const promote = useMutation({
    mutationFn: (to: Target) =>
      server.promoteVersion({
        params: { model: model.name },
        body: {
          version: String(version),
          target: to,
          reason: reason.trim(),
          archiveOthers: to.kind === 'stage' && archiveOthers,
          // Whom the asker saw: if somebody moved it meanwhile, nothing happens.
          expectedHolder: gate.data?.holder ?? null,
        },
      }),
    onSettled: refreshRegistry,
  });
  const outcome = promote.data?.outcome;
  if (outcome !== undefined && target) {
    const words = { version: `${model.name} v${version}`, target: targetWords(target) };
    return (
      <ResultDialog
        title={rt(`promote.result.${outcome}`)}
        status={outcome === 'asked' ? 'queued' : 'finished'}
        text={rt(`promote.resultText.${outcome}`, words)}
        checks={promote.data?.checks ?? []}
        onClose={onClose}
      />
    );
  }
  const outlook = gate.data && outlookOf(gate.data.checks);
  return (
    <FormDialog
      title={rt('promote.title', { version: `${model.name} v${version}` })}
      action={outlook === 'ask' ? rt('promote.ask') : rt('promote.go')}
      isReady={target !== undefined && gate.data !== undefined}
      sending={{ isPending: promote.isPending, error: worded(promote.error) }}
      onSubmit={() => target && promote.mutate(target)}
      onClose={onClose}
    >
      <TargetPicker
        model={model}
        chosen={target}
        onChoose={(next) => {
          setTarget(next);
          promote.reset();
        }}
      />
      {target && <GateStanding gate={gate} isAsking />}
      {target?.kind === 'stage' && target.name !== 'archived' && (
        <Checkbox checked={archiveOthers} onChange={(event) => setArchiveOthers(event.target.checked)}>
          {rt('promote.archiveOthers', { stage: target.name })}
        </Checkbox>
      )}
      <TextArea
        label={rt('reason.label')}
        hint={rt('reason.hint')}
        maxLength={10_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

/** Somebody was faster: said in words, as what is shown above is already renewed. */
function worded(error: unknown): unknown {
  return error instanceof ApiError && error.status === 409 ? new Error(rt('promote.conflict')) : error;
}
