import { X } from 'lucide-react';
import { IconButton } from '#ui/kit/Button.tsx';
import { Field } from '#ui/kit/Field.tsx';
import { Select } from '#ui/kit/Select.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { t } from '../../../text/translate.ts';
import type { CheckDraft } from './gate-draft.ts';

type TextKey = Exclude<keyof CheckDraft, 'id' | 'kind' | 'direction'>;

/** The fields of one check, as its kind has them. */
export function CheckFields({
  check,
  onChange,
  onRemove,
}: {
  readonly check: CheckDraft;
  readonly onChange: (check: CheckDraft) => void;
  readonly onRemove: () => void;
}) {
  const field = (key: TextKey, label: string, hint?: string) => (
    <Field
      label={label}
      spellCheck={false}
      value={check[key]}
      {...(hint !== undefined && { placeholder: hint })}
      onChange={(event) => onChange({ ...check, [key]: event.target.value })}
    />
  );
  return (
    <fieldset className="min-w-0">
      <div className="flex items-center">
        <legend className="contents">
          <span className="font-medium">{rt(`check.kind.${check.kind}`)}</span>
        </legend>
        <IconButton
          label={rt('gates.removeCheck', { check: rt(`check.kind.${check.kind}`) })}
          className="-mr-1.5 ml-auto"
          onClick={onRemove}
        >
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <p className="mb-2 text-12 text-ink-3">{rt(`check.hint.${check.kind}`)}</p>
      {check.kind === 'metric' && (
        <div className="grid grid-cols-2 gap-2">
          {field('metric', rt('metrics.metric'), rt('check.words.objective'))}
          <Select
            label={rt('check.direction')}
            hasVisibleLabel
            value={check.direction}
            options={[
              { value: '', text: rt('check.directionObjective') },
              { value: 'max', text: t('objective.max') },
              { value: 'min', text: t('objective.min') },
            ]}
            onChange={(direction) => onChange({ ...check, direction })}
          />
          {field('dataset', rt('check.dataset'), rt('check.anyDataset'))}
          {field('tolerance', rt('check.tolerance'), '0')}
          {field('bound', rt('check.bound'), rt('check.noBound'))}
        </div>
      )}
      {check.kind === 'tags' && field('tags', rt('model.tags'), 'bias-report, licence=internal')}
      {check.kind === 'evaluation' && (
        <div className="grid grid-cols-2 gap-2">
          {field('metric', rt('metrics.metric'), rt('check.words.anyMetric'))}
          {field('environment', rt('evaluations.environment'), rt('check.words.anywhere'))}
        </div>
      )}
      {check.kind === 'file' && field('path', rt('check.path'), 'reports/**')}
      {check.kind === 'data-age' && field('days', rt('check.days'), '60')}
    </fieldset>
  );
}
