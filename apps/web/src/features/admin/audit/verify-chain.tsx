import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { Button } from '#ui/kit/Button.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { server } from '../../../api/server.ts';
import { FormError } from '../../../parts/forms/form-error.tsx';
import { tt } from '../../../text/team/translate.ts';

/** Has the server recompute every hash, and says the result beside the button. */
export function VerifyChain() {
  const verify = useMutation({ mutationFn: () => server.verifyAudit({}) });
  const { data } = verify;
  return (
    <>
      <Button
        icon={<ShieldCheck size={14} strokeWidth={1.5} aria-hidden="true" />}
        disabled={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {verify.isPending ? tt('audit.verifying') : tt('audit.verify')}
      </Button>
      <span role="status" className="text-12">
        {data?.isIntact === true && (
          <Status status="finished">{tt('audit.intact', { count: data.entries })}</Status>
        )}
        {data?.isIntact === false && (
          <span className="flex items-center gap-1.5 text-failed">
            <Status status="failed" />
            {tt('audit.broken', { number: data.brokenAt ?? 1 })}
          </span>
        )}
      </span>
      <FormError error={verify.error} />
    </>
  );
}
