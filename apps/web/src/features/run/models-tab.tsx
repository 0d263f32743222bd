import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LoggedModelJson, RunJson } from '#core/contract/schemas.ts';
import { fromMetricValue } from '#core/contract/numbers.ts';
import { CopyText } from '#ui/kit/CopyText.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { PageError } from '../../shell/page-error.tsx';
import { decimalsOf, fixed } from '../../text/numbers.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { FileBrowser } from './files/file-browser.tsx';
import { ModelStatus } from './model-status.tsx';
import { modelsQuery } from './queries.ts';

/** The models it saved: what they are, how to load them, what they consist of. */
export function ModelsTab({ run }: { readonly run: RunJson }) {
  const { data: models, error, refetch } = useQuery(modelsQuery(run.id));
  if (error) return <PageError error={error} onRetry={() => void refetch()} />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-(--gutter) max-sm:p-3">
      {!models && <SkeletonRows rows={3} height={40} />}
      {models?.length === 0 && <Empty>{t('run.noModels')}</Empty>}
      <div className="flex flex-col gap-4">
        {models?.map((model) => (
          <Model key={model.id} model={model} />
        ))}
      </div>
    </div>
  );
}

function Model({ model }: { readonly model: LoggedModelJson }) {
  const now = useNow(60_000);
  const [file, setFile] = useState<string>();
  const copiedText = t('action.copied');
  const load = `mlflow.pyfunc.load_model("models:/${model.id}")`;
  return (
    <Section
      title={model.name}
      note={model.modelType}
      end={<span title={absolute(model.createdAt)}>{t('time.ago', { age: age(model.createdAt, now) })}</span>}
    >
      <Panel className="overflow-hidden">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 px-3 py-2 text-12 [&>dt]:text-ink-3">
          <dt>{t('run.modelStatus')}</dt>
          <dd>
            <ModelStatus status={model.status} />
            {model.statusMessage && <span className="ml-2 text-ink-3">{model.statusMessage}</span>}
          </dd>
          <dt>{t('run.load')}</dt>
          <dd>
            <CopyText text={load} copiedText={copiedText} />
          </dd>
          <dt>{t('run.manifest')}</dt>
          <dd>
            {model.manifest === undefined ? (
              <span className="text-ink-3">{t('run.manifestNone')}</span>
            ) : (
              <CopyText text={model.manifest} shown={model.manifest.slice(0, 16)} copiedText={copiedText} />
            )}
          </dd>
          {model.metrics.map(({ key, last, dataset }) => {
            const value = fromMetricValue(last.value);
            return (
              <Pair
                key={`${key} ${dataset?.digest}`}
                word={dataset ? `${key}, ${dataset.name}` : key}
                value={fixed(value, decimalsOf([value]))}
              />
            );
          })}
          {model.params.map(({ key, value }) => (
            <Pair key={key} word={key} value={value} />
          ))}
        </dl>
        <div className="flex h-[360px] flex-col border-t border-line">
          <FileBrowser owner={{ kind: 'model', id: model.id }} open={file} onOpen={setFile} />
        </div>
      </Panel>
    </Section>
  );
}

function Pair({ word, value }: { readonly word: string; readonly value: string }) {
  return (
    <>
      <dt className="truncate font-mono">{word}</dt>
      <dd className="truncate font-mono">{value}</dd>
    </>
  );
}
