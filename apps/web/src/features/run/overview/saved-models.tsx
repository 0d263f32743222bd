import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { RunJson } from '#core/contract/schemas.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { t } from '../../../text/translate.ts';
import { modelsQuery } from '../queries.ts';
import { ModelStatus } from '../model-status.tsx';

export function SavedModels({ run, segment }: { readonly run: RunJson; readonly segment: string }) {
  const { data: models = [] } = useQuery({ ...modelsQuery(run.id), enabled: run.modelOutputs.length > 0 });
  if (run.modelOutputs.length === 0) return null;
  return (
    <Section title={t('run.savedModels')} note={run.modelOutputs.length}>
      <Panel className="overflow-hidden">
        {models.map((model) => (
          <Link
            key={model.id}
            to="/p/$project/runs/$number/{-$tab}"
            params={{ project: segment, number: String(run.number), tab: 'models' }}
            className="tb-row [--cols-gap:12px] [--cols:minmax(0,1fr)_auto_auto]"
          >
            <span className="truncate font-medium">{model.name}</span>
            <span className="truncate text-ink-3">{model.modelType}</span>
            <ModelStatus status={model.status} />
          </Link>
        ))}
      </Panel>
    </Section>
  );
}
