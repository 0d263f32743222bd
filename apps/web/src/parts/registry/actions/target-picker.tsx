import { useId, useState } from 'react';
import { Chip } from '#ui/kit/Chip.tsx';
import { Input } from '#ui/kit/Input.tsx';
import type { RegisteredModelJson, Target } from '../../../api/registry.ts';
import { rt } from '../../../text/registry/translate.ts';
import { holderOf, isGated, knownTargets } from '../holders.ts';
import { targetWords } from '../names.tsx';

/** One of the names that a model knows, each with who has it and whether a gate guards it, or a new alias. */
export function TargetPicker({
  model,
  chosen,
  onChoose,
}: {
  readonly model: RegisteredModelJson;
  readonly chosen: Target | undefined;
  readonly onChoose: (target: Target | undefined) => void;
}) {
  const group = useId();
  const [alias, setAlias] = useState('');
  const targets = knownTargets(model);
  const isNew = chosen?.kind === 'alias' && !targets.some((each) => isSame(each, chosen));
  const [wantsNew, setWantsNew] = useState(false);
  const chooseNew = (name: string): void => {
    setWantsNew(true);
    onChoose(name === '' ? undefined : { kind: 'alias', name });
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-12 font-medium text-ink-2">{rt('promote.target')}</legend>
      <div className="max-h-60 overflow-y-auto pointer-coarse:max-h-85 rounded-control border border-line">
        {targets.map((target) => (
          <label key={`${target.kind} ${target.name}`} className={ROW}>
            <input
              type="radio"
              name={group}
              className="size-3.5 shrink-0 accent-accent"
              checked={!wantsNew && chosen !== undefined && isSame(chosen, target)}
              onChange={() => {
                setWantsNew(false);
                onChoose(target);
              }}
            />
            <span className="truncate font-medium">{targetWords(target)}</span>
            {isGated(model, target) && <Chip>{rt('promote.gated')}</Chip>}
            <span className="ml-auto shrink-0 text-12 text-ink-3">{holderWords(model, target)}</span>
          </label>
        ))}
        <label className={ROW}>
          <input
            type="radio"
            name={group}
            className="size-3.5 shrink-0 accent-accent"
            checked={wantsNew || isNew}
            onChange={() => chooseNew(alias)}
          />
          <span className="shrink-0">{rt('promote.newAlias')}</span>
          <Input
            label={rt('promote.aliasName')}
            className="ml-auto w-40"
            maxLength={255}
            value={alias}
            onFocus={() => chooseNew(alias)}
            onChange={(event) => {
              const name = event.target.value.trim();
              setAlias(name);
              chooseNew(name);
            }}
          />
        </label>
      </div>
    </fieldset>
  );
}

const ROW =
  'flex min-h-8.5 cursor-pointer items-center gap-2 border-t border-line px-3 first:border-t-0 hover:bg-hover pointer-coarse:min-h-11';

function isSame(a: Target, b: Target): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function holderWords(model: RegisteredModelJson, target: Target): string {
  const holder = holderOf(model, target);
  return holder === undefined ? rt('promote.nobody') : rt('promote.holder', { version: `v${holder}` });
}
