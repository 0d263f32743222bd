import { CopyText } from '#ui/kit/CopyText.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status } from '#ui/kit/Status.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import { bytes } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { t } from '../../../text/translate.ts';

const COLUMNS =
  '[--cols:96px_minmax(0,1fr)_188px_72px_112px] max-lg:[--cols:88px_minmax(0,1fr)_auto] max-sm:[--cols-gap:8px]';

/** Everything it came from, by digest; what the client did not send says so, and how to have it captured. */
export function PackagePanel({ version }: { readonly version: VersionDetail }) {
  const { manifest } = version;
  return (
    <Section
      title={rt('package.title')}
      note={rt('package.note')}
      end={
        manifest !== undefined && (
          <span>
            {rt('package.manifest')}{' '}
            <CopyText text={manifest} shown={short(manifest)} copiedText={t('action.copied')} />
          </span>
        )
      }
    >
      <Panel className="overflow-hidden">
        {version.package.map(({ part, isCaptured, summary, digest, sizeBytes }) => (
          <div key={part} className={`tb-row ${COLUMNS}`}>
            <span className="text-ink-3">{rt(`package.${part}`)}</span>
            <span
              className={isCaptured ? 'truncate' : 'py-1.5 leading-4 text-ink-2'}
              title={isCaptured ? summary : undefined}
            >
              {summary}
            </span>
            <span className="max-lg:hidden">
              {digest !== undefined && (
                <CopyText text={digest} shown={`sha256 ${short(digest)}`} copiedText={t('action.copied')} />
              )}
            </span>
            <span className="num text-ink-2 max-lg:hidden">
              {sizeBytes !== undefined && bytes(sizeBytes)}
            </span>
            <span className="text-right">
              <Status status={isCaptured ? 'finished' : 'warning'}>
                {isCaptured ? rt('package.captured') : rt('package.missing')}
              </Status>
            </span>
          </div>
        ))}
      </Panel>
    </Section>
  );
}

function short(digest: string): string {
  return `${digest.slice(0, 8)}…${digest.slice(-4)}`;
}
