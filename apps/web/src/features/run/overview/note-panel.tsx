import type { RunJson } from '#core/contract/schemas.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { tagText } from '../../../api/run-values.ts';
import { t } from '../../../text/translate.ts';

/** The note as text: what a client sends is never taken for markup. */
export function NotePanel({ run }: { readonly run: RunJson }) {
  const note = tagText(run, 'mlflow.note.content');
  if (note === undefined || note.trim() === '') return null;
  return (
    <Section title={t('run.note')}>
      <Panel className="max-h-64 overflow-y-auto px-3 py-2 whitespace-pre-wrap text-ink-2">{note}</Panel>
    </Section>
  );
}
