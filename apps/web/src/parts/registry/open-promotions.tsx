import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { refreshRegistry, type PromotionJson } from '../../api/registry.ts';
import { server } from '../../api/server.ts';
import { messageOf } from '../../shell/page-error.tsx';
import { showToast } from '../../shell/toasts.tsx';
import { rt } from '../../text/registry/translate.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { useNow } from '../use-now.ts';
import { DecideDialog } from './actions/decide-dialog.tsx';
import { passedOf } from './checks.tsx';
import { targetWords, VersionLink } from './names.tsx';

/** Promotions that wait. The dialog outlives the row that opened it: what came of it is said when the row is gone. */
export function OpenPromotions({
  promotions,
  mayWrite,
}: {
  readonly promotions: readonly PromotionJson[];
  readonly mayWrite: boolean;
}) {
  const [deciding, setDeciding] = useState<PromotionJson>();
  return (
    <>
      {promotions
        .filter(({ status }) => status === 'open')
        .map((promotion) => (
          <OpenPromotion
            key={promotion.id}
            promotion={promotion}
            mayWrite={mayWrite}
            onReview={() => setDeciding(promotion)}
          />
        ))}
      {deciding && <DecideDialog promotion={deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

/** Who asked, for what, why, how far it is, and the answer for whoever may give it. */
function OpenPromotion({
  promotion,
  mayWrite,
  onReview,
}: {
  readonly promotion: PromotionJson;
  readonly mayWrite: boolean;
  readonly onReview: () => void;
}) {
  const now = useNow(60_000);
  const withdraw = useMutation({
    mutationFn: () => server.withdrawPromotion({ params: { promotion: promotion.id }, body: {} }),
    onSettled: refreshRegistry,
    onError: (error) => showToast(messageOf(error)),
  });
  const { askedAt, askedBy, checks = [], modelName, reason, target, version } = promotion;
  const { passed, of } = passedOf(checks);
  return (
    <div
      role="status"
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-panel border border-line bg-panel px-3 py-1.5"
    >
      <Status status="queued" />
      <span>
        <VersionLink model={modelName} number={version} />{' '}
        {rt('promotion.waits', { target: targetWords(target) })}
      </span>
      <span className="text-12 text-ink-3" title={absolute(askedAt)}>
        {rt('promotion.asked', { who: askedBy.name, ago: t('time.ago', { age: age(askedAt, now) }) })}
      </span>
      {of > 0 && <span className="text-12 text-ink-3">{rt('promotion.checks', { passed, of })}</span>}
      {reason !== '' && <span className="min-w-0 truncate text-12 text-ink-2">{`“${reason}”`}</span>}
      <span className="ml-auto flex gap-2">
        {mayWrite && (
          <Button look="quiet" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {rt('promotion.withdraw')}
          </Button>
        )}
        {promotion.mayApprove === true && <Button onClick={onReview}>{rt('promotion.review')}</Button>}
      </span>
    </div>
  );
}
