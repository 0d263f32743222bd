import type { CheckResultJson } from '../../api/registry.ts';
import { Status } from '#ui/kit/Status.tsx';
import { rt } from '../../text/registry/translate.ts';

/** What each check of a gate came to, with its figures: glyph, sentence. */
export function Checks({ checks }: { readonly checks: readonly CheckResultJson[] }) {
  return (
    <ul>
      {checks.map((check, i) => (
        <li key={i} className="flex min-h-6 items-start gap-1.5 py-0.5 text-12 leading-5">
          <span className="flex h-5 items-center">
            <Status status={statusOf(check)} />
            <span className="sr-only">{rt(`check.${wordOf(check)}`)}</span>
          </span>
          <span
            className={`min-w-0 break-words ${wordOf(check) === 'failed' ? 'text-failed' : 'text-ink-2'}`}
          >
            {check.detail}
          </span>
        </li>
      ))}
    </ul>
  );
}

type CheckWord = 'passed' | 'waiting' | 'failed';

/** An approval that is missing is not a failure: somebody is still to be asked. */
function wordOf({ isPassed, kind }: CheckResultJson): CheckWord {
  return isPassed ? 'passed' : kind === 'approval' ? 'waiting' : 'failed';
}

function statusOf(check: CheckResultJson): 'finished' | 'queued' | 'failed' {
  return ({ passed: 'finished', waiting: 'queued', failed: 'failed' } as const)[wordOf(check)];
}

/** How a gate would answer: let it pass, ask for approvals, refuse. */
export type GateOutlook = 'open' | 'ask' | 'refuse';

export function outlookOf(checks: readonly CheckResultJson[]): GateOutlook {
  const missing = checks.filter(({ isPassed }) => !isPassed);
  if (missing.length === 0) return 'open';
  return missing.every(({ kind }) => kind === 'approval') ? 'ask' : 'refuse';
}

/** `5 of 6`, of all but approvals. */
export function passedOf(checks: readonly CheckResultJson[]): { passed: number; of: number } {
  return { passed: checks.filter(({ isPassed }) => isPassed).length, of: checks.length };
}
