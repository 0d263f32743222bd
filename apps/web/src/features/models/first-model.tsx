import { CodeBlock } from '#ui/kit/CodeBlock.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { useSession } from '../../api/session.ts';
import { trackingUri, WORKSPACE } from '../../api/workspace.ts';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { curlLines, mlflowLines } from './first-model-lines.ts';

/** The exact lines that register a first model; the page shows it as soon as they ran. */
export function FirstModel() {
  const needsKey = useSession().mode === 'team';
  const words = { copyText: t('action.copy'), copiedText: t('action.copied') };
  return (
    <div className="min-h-0 overflow-y-auto pt-6 max-sm:pt-2">
      <h1 className="text-20 font-semibold">{rt('first.title')}</h1>
      <p className="mb-6 mt-1 max-w-[64ch] text-14 text-ink-2">{rt('first.lead')}</p>
      <div className="grid gap-4 lg:grid-cols-2">
        <CodeBlock
          title="MLflow"
          note="Python"
          code={mlflowLines(trackingUri(), needsKey)}
          foot={rt('first.mlflow')}
          {...words}
        />
        <CodeBlock
          title="HTTP"
          note="curl"
          code={curlLines(location.origin, WORKSPACE, needsKey)}
          foot={rt('first.http')}
          {...words}
        />
      </div>
      <div
        role="status"
        className="mt-4 flex min-h-[52px] flex-wrap items-center gap-x-3 rounded-panel border border-line bg-panel px-4 py-2"
      >
        <span className="animate-pulse-slow">
          <Status status="queued" />
        </span>
        <span className="font-medium">{rt('first.waiting')}</span>
      </div>
    </div>
  );
}
