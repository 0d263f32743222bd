import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { serverQuery } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { trackingUri, WORKSPACE } from '../../api/workspace.ts';
import { CodeBlock } from '#ui/kit/CodeBlock.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { t } from '../../text/translate.ts';
import { Code } from './code.tsx';
import { curlLines, mlflowLines, typescriptLines } from './first-run-lines.ts';

/** The exact lines that log a first run over the wires that this server speaks, its address filled in. */
export function FirstRun() {
  const { data: server } = useQuery(serverQuery);
  const isTeam = useSession().mode === 'team';
  // What the browser reached is right where the server sits behind a tunnel or another name.
  const address = location.origin;
  const wires = (server?.wires ?? []).map((wire) => NAMES[wire] ?? wire);
  return (
    <div className="pt-6 max-sm:pt-2">
      <h2 className="text-20 font-semibold">{t('first.title')}</h2>
      <p className="mb-6 mt-1 max-w-[64ch] text-14 text-ink-2">{t('first.lead')}</p>
      <div className="grid gap-4 lg:grid-cols-3">
        <Lines
          title="MLflow"
          language="Python"
          code={mlflowLines(trackingUri(), isTeam)}
          foot={t('first.mlflow')}
        />
        <Lines
          title="TypeScript"
          language="Node"
          code={typescriptLines({ address, workspace: WORKSPACE }, isTeam)}
          foot={t('first.typescript')}
        />
        <Lines
          title="HTTP"
          language="curl"
          code={curlLines({ address, workspace: WORKSPACE }, isTeam)}
          foot={
            <With
              text={t('first.http', { link: '\0' })}
              part={
                <a href="/api/openapi.json" className="font-mono text-accent">
                  /api/openapi.json
                </a>
              }
            />
          }
        />
      </div>
      <div
        role="status"
        className="mt-4 flex min-h-[52px] flex-wrap items-center gap-x-3 rounded-panel border border-line bg-panel px-4 py-2"
      >
        <span className="animate-pulse-slow">
          <Status status="queued" />
        </span>
        <span className="font-medium">{t('first.waiting')}</span>
        <code className="text-ink-2">{address}</code>
        <span className="text-12 text-ink-3">
          {isTeam ? (
            <With
              text={t('first.key', { link: '\0' })}
              part={
                <Link to="/account" className="text-accent">
                  {t('account.profile')}
                </Link>
              }
            />
          ) : (
            t('first.local')
          )}
        </span>
      </div>
      <div className="mt-8 grid gap-4 text-12 text-ink-2 lg:grid-cols-3">
        <More title={t('first.exploreTitle')}>
          <With text={t('first.explore', { command: '\0' })} part={<code>npm start -- --demo</code>} />
        </More>
        <More title={t('first.otherTitle')}>{t('first.other', { wires: wires.join(', ') })}</More>
        <More title={t('first.cliTitle')}>
          <With text={t('first.cli', { command: '\0' })} part={<code>cairn runs</code>} />
        </More>
      </div>
    </div>
  );
}

const NAMES: Record<string, string> = { mlflow: 'MLflow', native: 'Cairn' };

function Lines({
  title,
  language,
  code,
  foot,
}: {
  readonly title: string;
  readonly language: string;
  readonly code: string;
  readonly foot: ReactNode;
}) {
  return (
    <CodeBlock
      title={title}
      note={language}
      code={code}
      copyText={t('action.copy')}
      copiedText={t('action.copied')}
      foot={<span className="block min-h-8">{foot}</span>}
    >
      <Code text={code} />
    </CodeBlock>
  );
}

function More({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-1 text-13 font-semibold text-ink">{title}</h3>
      <p className="leading-5">{children}</p>
    </div>
  );
}

/** A sentence with a piece of markup where its placeholder is. */
function With({ text, part }: { readonly text: string; readonly part: ReactNode }) {
  const [before, after] = text.split('\0');
  return (
    <>
      {before}
      {part}
      {after}
    </>
  );
}
