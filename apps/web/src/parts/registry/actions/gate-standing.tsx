import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from '#ui/kit/Skeleton.tsx';
import type { CheckResultJson } from '../../../api/registry.ts';
import { FormError } from '../../forms/form-error.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { Checks, outlookOf, passedOf } from '../checks.tsx';

/** What the gate of the chosen target says now, before anything is pressed. */
export function GateStanding({
  gate,
  isAsking = false,
}: {
  /** Whether it is still to be asked: then it is said what asking leads to. */
  readonly isAsking?: boolean;
  readonly gate: Pick<
    UseQueryResult<{ readonly checks: readonly CheckResultJson[] }>,
    'data' | 'error' | 'isPending'
  >;
}) {
  if (gate.error) return <FormError error={gate.error} />;
  if (!gate.data) {
    return (
      <div role="status" aria-busy="true" className="flex flex-col gap-2 py-1">
        <Skeleton width={220} height={16} />
        <Skeleton height={14} />
        <Skeleton height={14} />
      </div>
    );
  }
  const { checks } = gate.data;
  if (checks.length === 0) return <p className="text-12 text-ink-3">{rt('promote.noGate')}</p>;
  const outlook = outlookOf(checks);
  const { passed, of } = passedOf(checks);
  return (
    <section aria-label={rt('promote.gate')}>
      <p className="mb-1 flex flex-wrap items-baseline gap-x-2 text-12">
        <span className="font-medium text-ink-2">{rt('promote.gate')}</span>
        <span className="text-ink-3">{rt('check.passedOf', { passed, of })}</span>
        {(isAsking || outlook === 'refuse') && (
          <span className={outlook === 'refuse' ? 'text-failed' : 'text-ink-3'}>
            {rt(`promote.outlook.${outlook}`)}
          </span>
        )}
      </p>
      <div className="rounded-control border border-line px-3 py-1">
        <Checks checks={checks} />
      </div>
    </section>
  );
}
