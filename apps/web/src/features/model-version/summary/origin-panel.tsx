import type { ReactNode } from 'react';
import { CopyText } from '#ui/kit/CopyText.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import { DataChips } from '../../../parts/registry/names.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { absolute } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';

const ROW = 'tb-row [--cols-gap:12px] [--cols:92px_minmax(0,1fr)]';

/** Code, command, data and environment as far as the client said; what it did not say reads "not captured". */
export function OriginPanel({ version }: { readonly version: VersionDetail }) {
  const { origin, data, flavours, source, createdAt, userId } = version;
  const { gitCommit, gitBranch, gitRepository, command, name, entryPoint } = origin.source;
  const copiedText = t('action.copied');
  const part = (wanted: (typeof version.package)[number]['part']) =>
    version.package.find((each) => each.part === wanted);
  const environment = part('environment');
  return (
    <Section title={rt('origin.title')}>
      <Panel className="overflow-hidden">
        <Row word={rt('origin.commit')}>
          {gitCommit === undefined ? (
            <NotCaptured how={part('code')?.summary} />
          ) : (
            <>
              <CopyText text={gitCommit} shown={gitCommit.slice(0, 9)} copiedText={copiedText} />
              <span className="truncate text-ink-3">
                {[gitBranch, gitRepository].filter(Boolean).join(', ')}
              </span>
            </>
          )}
        </Row>
        <Row word={rt('origin.command')}>
          {command === undefined && name === undefined ? (
            <NotCaptured how={rt('origin.commandHow')} />
          ) : (
            <CopyText text={command ?? name ?? ''} copiedText={copiedText} />
          )}
        </Row>
        {entryPoint !== undefined && (
          <Row word={rt('origin.entry')}>
            <code className="truncate">{entryPoint}</code>
          </Row>
        )}
        <Row word={rt('origin.data')}>
          {data.length === 0 ? <NotCaptured how={part('data')?.summary} /> : <DataChips data={data} />}
        </Row>
        <Row word={rt('origin.environment')}>
          <span className={environment?.isCaptured === true ? 'truncate' : 'py-1 text-ink-3'}>
            {environment?.summary ?? rt('fact.notCaptured')}
          </span>
        </Row>
        {flavours.length > 0 && (
          <Row word={rt('origin.flavours')}>
            <span className="truncate font-mono">{flavours.join(', ')}</span>
          </Row>
        )}
        <Row word={rt('origin.source')}>
          <CopyText text={source} copiedText={copiedText} />
        </Row>
        <Row word={rt('origin.registered')}>
          <span className="truncate text-ink-2">
            {absolute(createdAt)}
            {userId !== '' && `, ${userId}`}
          </span>
        </Row>
      </Panel>
    </Section>
  );
}

function Row({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <div className={ROW}>
      <span className="text-ink-3">{word}</span>
      <span className="flex min-w-0 flex-wrap items-center gap-1.5">{children}</span>
    </div>
  );
}

/** The server knows the client and says what it can do; without that the word alone. */
function NotCaptured({ how = rt('fact.notCaptured') }: { readonly how?: string | undefined }) {
  return <span className="py-1 text-ink-3">{how}</span>;
}
