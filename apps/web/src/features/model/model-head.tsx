import { Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#ui/kit/Button.tsx';
import { Chip } from '#ui/kit/Chip.tsx';
import { Count, Tab, Tabs } from '#ui/kit/Tabs.tsx';
import type { ModelPageJson } from '../../api/registry.ts';
import { ObjectiveChip } from '../../parts/objective-chip.tsx';
import { DecideDialog } from '../../parts/registry/actions/decide-dialog.tsx';
import { count } from '../../text/numbers.ts';
import { rt } from '../../text/registry/translate.ts';
import { DescribeDialog } from './describe-dialog.tsx';
import { MODEL_TABS, type ModelTab } from './route.ts';

type Open =
  | { readonly kind: 'describe' }
  | { readonly kind: 'decide'; readonly promotion: ModelPageJson['promotions'][number] };

/** Its name, what it is for, who answers for it; the promotion that waits, and the tabs. */
export function ModelHead({ page, open }: { readonly page: ModelPageJson; readonly open: ModelTab }) {
  const { model, promotions } = page;
  const [dialog, setDialog] = useState<Open>();
  const waiting = promotions.find(({ status, mayApprove }) => status === 'open' && mayApprove === true);
  const counts: Record<ModelTab, number> = {
    versions: model.versions,
    gates: model.gates.length,
    activity: 0,
  };
  const close = (): void => setDialog(undefined);
  const objective = (model.production?.version ?? model.latest)?.objective;
  return (
    <>
      <div className="flex min-h-[60px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-(--gutter) max-sm:px-3 max-sm:py-2">
        <h1 className="min-w-0 truncate text-20 font-semibold">{model.name}</h1>
        {objective && <ObjectiveChip objective={objective} />}
        <p className="min-w-0 truncate text-ink-3" title={model.description}>
          {model.description}
        </p>
        {model.owner !== '' && (
          <span className="shrink-0 text-ink-3">
            {rt('models.owner')} <span className="text-ink-2">{model.owner}</span>
          </span>
        )}
        {model.tags
          .filter(({ key }) => !/^(mlflow|cairn)\./.test(key))
          .slice(0, 4)
          .map(({ key, value }) => (
            <span key={key} className="max-w-40 min-w-0" title={`${key}: ${value}`}>
              <Chip>{value === '' ? key : `${key}: ${value}`}</Chip>
            </span>
          ))}
        {model.may.write && (
          <IconButton label={rt('model.edit')} onClick={() => setDialog({ kind: 'describe' })}>
            <Pencil size={14} strokeWidth={1.5} aria-hidden="true" />
          </IconButton>
        )}
        <span className="flex-1" />
        {waiting && (
          <Button look="primary" onClick={() => setDialog({ kind: 'decide', promotion: waiting })}>
            {rt('model.review', { version: `v${waiting.version}` })}
          </Button>
        )}
      </div>
      <Tabs label={rt('model.tabs')}>
        {MODEL_TABS.map((tab) => (
          <Tab key={tab} isActive={tab === open}>
            <Link
              to="/m/$model/{-$tab}"
              params={{ model: model.name, tab: tab === 'versions' ? undefined : tab }}
            >
              {rt(`model.tab.${tab}`)}
              {counts[tab] > 0 && <Count>{count(counts[tab])}</Count>}
            </Link>
          </Tab>
        ))}
      </Tabs>
      {dialog?.kind === 'describe' && <DescribeDialog model={model} onClose={close} />}
      {dialog?.kind === 'decide' && <DecideDialog promotion={dialog.promotion} onClose={close} />}
    </>
  );
}
