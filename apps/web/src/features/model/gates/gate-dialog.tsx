import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '#ui/kit/Field.tsx';
import { Select } from '#ui/kit/Select.tsx';
import { TextArea } from '#ui/kit/TextArea.tsx';
import type { GateJson, Target } from '../../../api/registry.ts';
import { FormDialog } from '../../../parts/forms/form-dialog.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { CheckFields } from './check-fields.tsx';
import { CHECK_KINDS, draftOf, gateOf, newCheck, type CheckKind } from './gate-draft.ts';

const MOST_APPROVALS = 5;

/** One gate as a plain form: which name, what is checked, who must approve, and why it changes. */
export function GateDialog({
  gate,
  taken,
  onSave,
  onClose,
}: {
  readonly gate: GateJson | undefined;
  /** Names that have a gate of their own already. */
  readonly taken: readonly Target[];
  readonly onSave: (gate: GateJson, reason: string) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(gate, taken));
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: (next: GateJson) => onSave(next, reason.trim()),
    onSuccess: onClose,
  });
  const { target, checks } = draft;
  const isTaken = taken.some(({ kind, name }) => kind === target.kind && name === target.name.trim());
  const ready = gateOf(draft);
  return (
    <FormDialog
      title={gate ? rt('gates.editTitle') : rt('gates.add')}
      action={rt('words.save')}
      isReady={ready !== undefined && !isTaken}
      sending={save}
      onSubmit={() => ready && save.mutate(ready)}
      onClose={onClose}
    >
      <div className="grid grid-cols-[128px_minmax(0,1fr)] gap-2">
        <Select
          label={rt('gates.kind')}
          hasVisibleLabel
          value={target.kind}
          options={[
            { value: 'alias', text: rt('aliases.alias') },
            { value: 'stage', text: rt('aliases.stage') },
          ]}
          onChange={(kind) => setDraft({ ...draft, target: { ...target, kind } })}
        />
        <Field
          label={rt('gates.name')}
          maxLength={255}
          value={target.name}
          {...(isTaken && { error: rt('gates.taken') })}
          onChange={(event) => setDraft({ ...draft, target: { ...target, name: event.target.value } })}
        />
      </div>
      <div>
        <div className="mb-1 flex items-center gap-2">
          <span className="text-12 font-medium text-ink-2">{rt('gates.checks')}</span>
          <Select<CheckKind | ''>
            label={rt('gates.addCheck')}
            className="ml-auto w-52"
            value=""
            options={[
              { value: '', text: rt('gates.addCheck') },
              ...CHECK_KINDS.map((kind) => ({ value: kind, text: rt(`check.kind.${kind}`) })),
            ]}
            onChange={(kind) => {
              if (kind !== '') setDraft({ ...draft, checks: [...checks, newCheck(kind)] });
            }}
          />
        </div>
        <ul className="rounded-control border border-line">
          {checks.length === 0 && <li className="px-3 py-2 text-12 text-ink-3">{rt('gates.noChecks')}</li>}
          {checks.map((check) => (
            <li key={check.id} className="border-t border-line px-3 py-2 first:border-t-0">
              <CheckFields
                check={check}
                onChange={(next) =>
                  setDraft({ ...draft, checks: checks.map((each) => (each.id === next.id ? next : each)) })
                }
                onRemove={() => setDraft({ ...draft, checks: checks.filter(({ id }) => id !== check.id) })}
              />
            </li>
          ))}
        </ul>
      </div>
      <div className="grid grid-cols-2 gap-2">
        <Select
          label={rt('gates.approvals')}
          hasVisibleLabel
          value={String(draft.approvals)}
          options={Array.from({ length: Math.max(MOST_APPROVALS, draft.approvals) + 1 }, (_, count) => ({
            value: String(count),
            text: count === 0 ? rt('gates.nobody') : rt('gates.people', { count }),
          }))}
          onChange={(count) => setDraft({ ...draft, approvals: Number(count) })}
        />
        <Select
          label={rt('gates.role')}
          hasVisibleLabel
          isDisabled={draft.approvals === 0}
          value={draft.role}
          options={(['editor', 'admin'] as const).map((role) => ({
            value: role,
            text: rt(`gates.role.${role}`),
          }))}
          onChange={(role) => setDraft({ ...draft, role })}
        />
      </div>
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
