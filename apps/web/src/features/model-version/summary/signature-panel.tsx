import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CodeBlock } from '#ui/kit/CodeBlock.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { versionFileQuery, type SignatureJson, type VersionDetail } from '../../../api/registry.ts';
import { readableJson, textOfBytes } from '../../../parts/files/file-kinds.ts';
import { Empty, SkeletonRows } from '../../../parts/placeholders.tsx';
import { PageError } from '../../../shell/page-error.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { t } from '../../../text/translate.ts';

type SignatureField = SignatureJson['inputs'][number];

const SHOWN = 6;
const ROW = 'grid min-h-6 grid-cols-[minmax(0,1fr)_96px_minmax(0,0.8fr)] items-center gap-x-3 px-3 text-12';

/** What one passes in and gets back, and an example that can be sent as it is. */
export function SignaturePanel({ version }: { readonly version: VersionDetail }) {
  const { signature, inputExample } = version;
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title={rt('signature.title')}
      note={
        signature &&
        rt('signature.counts', { inputs: signature.inputs.length, outputs: signature.outputs.length })
      }
      end={
        inputExample !== undefined && (
          <button
            type="button"
            aria-expanded={isOpen}
            className="cursor-pointer text-accent"
            onClick={() => setOpen(!isOpen)}
          >
            {rt('signature.example')}
          </button>
        )
      }
    >
      {isOpen && inputExample !== undefined && <InputExample version={version} path={inputExample} />}
      <Panel className="overflow-hidden py-1">
        {signature ? (
          <>
            <Fields word={rt('signature.in')} fields={signature.inputs} />
            <Fields word={rt('signature.out')} fields={signature.outputs} />
            {signature.params.length > 0 && (
              <Group word={rt('signature.params')}>
                {signature.params.map(({ name, type, default: usual }) => (
                  <div key={name} className={ROW}>
                    <span className="truncate font-mono">{name}</span>
                    <span className="truncate font-mono text-ink-2">{type}</span>
                    <span className="truncate font-mono text-ink-3">{usual}</span>
                  </div>
                ))}
              </Group>
            )}
          </>
        ) : (
          <Empty>{rt('signature.none')}</Empty>
        )}
      </Panel>
    </Section>
  );
}

/** The example as it was logged, readable. */
function InputExample({ version, path }: { readonly version: VersionDetail; readonly path: string }) {
  const { data, error, refetch } = useQuery(versionFileQuery(version.model.name, version.number, path));
  if (error) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={3} height={20} />;
  const text = textOfBytes(data);
  return (
    <div className="mb-2 max-h-80 overflow-y-auto">
      <CodeBlock
        title={rt('signature.example')}
        note={path}
        code={text === undefined ? t('run.noPreview') : readableJson(text)}
        copyText={t('action.copy')}
        copiedText={t('action.copied')}
      />
    </div>
  );
}

function Fields({ word, fields }: { readonly word: string; readonly fields: readonly SignatureField[] }) {
  const [isAll, setAll] = useState(false);
  if (fields.length === 0) return null;
  const shown = isAll ? fields : fields.slice(0, SHOWN);
  return (
    <Group word={word}>
      {shown.map(({ name, type, isRequired, shape }, i) => (
        <div key={`${i} ${name}`} className={ROW}>
          <span className="truncate font-mono" title={name}>
            {name === '' ? <span className="text-ink-3">{rt('signature.unnamed')}</span> : name}
          </span>
          <span className="truncate font-mono text-ink-2">{type}</span>
          <span className="truncate text-ink-3">
            {[shape && `(${shape.join(', ')})`, !isRequired && rt('signature.optional')]
              .filter(Boolean)
              .join(', ')}
          </span>
        </div>
      ))}
      {fields.length > shown.length && (
        <button
          type="button"
          className="block min-h-6 cursor-pointer px-3 text-12 text-accent"
          onClick={() => setAll(true)}
        >
          {rt('signature.more', { count: fields.length - shown.length })}
        </button>
      )}
    </Group>
  );
}

function Group({ word, children }: { readonly word: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <div className="px-3 pt-1 text-11 text-ink-3">{word}</div>
      {children}
    </div>
  );
}
