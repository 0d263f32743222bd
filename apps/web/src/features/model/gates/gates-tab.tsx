import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { refreshRegistry, type GateJson, type RegisteredModelJson } from '../../../api/registry.ts';
import { server } from '../../../api/server.ts';
import { ConfirmDialog } from '../../../parts/forms/confirm-dialog.tsx';
import { targetWords } from '../../../parts/registry/names.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { checkWords } from './check-words.ts';
import { GateDialog } from './gate-dialog.tsx';
import { PageBody } from '../../../parts/page-body.tsx';

/** What each guarded name asks of a version; admins change it. */
export function GatesTab({ model }: { readonly model: RegisteredModelJson }) {
  const { gates, may } = model;
  const [editing, setEditing] = useState<number | 'new'>();
  const [removing, setRemoving] = useState<GateJson>();
  const declare = useMutation({
    mutationFn: (body: { readonly gates: readonly GateJson[]; readonly reason: string }) =>
      server.declareGates({
        params: { model: model.name },
        body: { gates: [...body.gates], reason: body.reason },
      }),
    onSuccess: refreshRegistry,
  });
  const save = (gate: GateJson, reason: string): Promise<unknown> => {
    const next = editing === 'new' ? [...gates, gate] : gates.map((each, i) => (i === editing ? gate : each));
    return declare.mutateAsync({ gates: next, reason });
  };
  return (
    <PageBody label={rt('model.tab.gates')}>
      <Section
        title={rt('gates.title')}
        note={rt('gates.note')}
        className="max-w-[880px]"
        end={
          may.admin && (
            <Button look="primary" onClick={() => setEditing('new')}>
              {rt('gates.add')}
            </Button>
          )
        }
      >
        <div className="flex flex-col gap-2">
          {gates.length === 0 && (
            <Panel className="px-4 py-6 text-center text-ink-3">
              {rt('gates.none')} {!may.admin && rt('gates.admins')}
            </Panel>
          )}
          {gates.map((gate, i) => (
            <Panel key={`${gate.target.kind} ${gate.target.name}`} className="px-4 py-3">
              <div className="flex min-h-7 items-center gap-2">
                <h3 className="text-14 font-semibold">{targetWords(gate.target)}</h3>
                <span className="flex-1" />
                {may.admin && (
                  <>
                    <Button onClick={() => setEditing(i)}>{rt('gates.edit')}</Button>
                    <Button look="danger" onClick={() => setRemoving(gate)}>
                      {rt('gates.remove')}
                    </Button>
                  </>
                )}
              </div>
              <ul className="mt-1 list-disc pl-5 leading-6 text-ink-2 marker:text-ink-3">
                {gate.checks.map((check, at) => (
                  <li key={at}>{checkWords(check)}</li>
                ))}
                {gate.approval && (
                  <li>{rt(`gates.approval.${gate.approval.role}`, { count: gate.approval.count })}</li>
                )}
                {gate.checks.length === 0 && !gate.approval && <li>{rt('gates.nothing')}</li>}
              </ul>
            </Panel>
          ))}
        </div>
      </Section>
      {editing !== undefined && (
        <GateDialog
          gate={editing === 'new' ? undefined : gates[editing]}
          taken={gates.filter((_, i) => i !== editing).map(({ target }) => target)}
          onSave={save}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={rt('gates.removeTitle', { target: targetWords(removing.target) })}
          text={rt('gates.removeText')}
          action={rt('gates.remove')}
          onConfirm={() =>
            declare.mutateAsync({ gates: gates.filter((each) => each !== removing), reason: '' })
          }
          onClose={() => setRemoving(undefined)}
        />
      )}
    </PageBody>
  );
}
