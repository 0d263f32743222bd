import type { ReactNode } from 'react';
import type { RunJson } from '#core/contract/schemas.ts';
import { Chip } from '#ui/kit/Chip.tsx';
import { CopyText } from '#ui/kit/CopyText.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Empty } from '../../../parts/placeholders.tsx';
import { t } from '../../../text/translate.ts';

const ROW = 'tb-row [--cols-gap:12px] [--cols:92px_minmax(0,1fr)]';

/** Where the code came from, as far as the client said. */
export function OriginPanel({ run }: { readonly run: RunJson }) {
  const { source } = run;
  const copiedText = t('action.copied');
  const commit = source.gitCommit;
  return (
    <Section title={t('run.origin')}>
      <Panel className="overflow-hidden">
        {Object.keys(source).length === 0 && <Empty>{t('run.noOrigin')}</Empty>}
        {source.command && (
          <Row word={t('run.command')}>
            <CopyText text={source.command} copiedText={copiedText} />
          </Row>
        )}
        {source.name && (
          <Row word={t('run.script')}>
            <CopyText text={source.name} copiedText={copiedText} />
          </Row>
        )}
        {commit && (
          <Row word={t('run.code')}>
            <CopyText text={commit} shown={`git ${commit.slice(0, 9)}`} copiedText={copiedText} />
            <span className="truncate text-ink-3">
              {[source.gitBranch, source.gitRepository].filter(Boolean).join(', ')}
            </span>
          </Row>
        )}
        {source.entryPoint && (
          <Row word={t('run.entryPoint')}>
            <code className="truncate">{source.entryPoint}</code>
          </Row>
        )}
      </Panel>
    </Section>
  );
}

function Row({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <div className={ROW}>
      <span className="text-ink-3">{word}</span>
      <span className="flex min-w-0 items-center gap-1.5">{children}</span>
    </div>
  );
}

export function DatasetsPanel({ run }: { readonly run: RunJson }) {
  return (
    <Section title={t('run.datasets')} note={run.datasets.length}>
      <Panel className="overflow-hidden">
        {run.datasets.length === 0 && <Empty>{t('run.noDatasets')}</Empty>}
        {run.datasets.map(({ name, digest, source, sourceType, context }) => (
          <div key={`${name} ${digest} ${context}`} className={ROW}>
            <span className="truncate text-ink-3">{context ?? ''}</span>
            <span className="flex min-w-0 items-center gap-1.5" title={source}>
              <Chip isMono>{`${name}@${digest.slice(0, 8)}`}</Chip>
              <span className="truncate text-ink-3">
                {sourceType} {shortSource(source)}
              </span>
            </span>
          </div>
        ))}
      </Panel>
    </Section>
  );
}

/** MLflow sends the source as JSON; of that the address says most. */
function shortSource(source: string): string {
  try {
    const parsed: unknown = JSON.parse(source);
    if (typeof parsed !== 'object' || parsed === null) return source;
    const { uri, url, path } = parsed as Record<string, unknown>;
    const found = [uri, url, path].find((value) => typeof value === 'string');
    return typeof found === 'string' ? found : '';
  } catch {
    return source;
  }
}
