import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { TextArea } from '#ui/kit/TextArea.tsx';
import { gateQuery, refreshRegistry, type PromotionJson } from '../../../api/registry.ts';
import { server } from '../../../api/server.ts';
import { rt } from '../../../text/registry/translate.ts';
import { age } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { FormError } from '../../forms/form-error.tsx';
import { useNow } from '../../use-now.ts';
import { targetWords } from '../names.tsx';
import { GateStanding } from './gate-standing.tsx';
import { ResultDialog } from './result-dialog.tsx';

/** Who asked for what and why, how the gate stands, and the two answers. */
export function DecideDialog({
  promotion,
  onClose,
}: {
  readonly promotion: PromotionJson;
  readonly onClose: () => void;
}) {
  const now = useNow(60_000);
  const [reason, setReason] = useState('');
  const { modelName, version, target } = promotion;
  const gate = useQuery(gateQuery(modelName, version, target));
  const decide = useMutation({
    mutationFn: (decision: 'approved' | 'rejected') =>
      server.decidePromotion({
        params: { promotion: promotion.id },
        body: { decision, reason: reason.trim() },
      }),
    onSettled: refreshRegistry,
  });
  const words = { version: `${modelName} v${version}`, target: targetWords(target) };
  if (decide.data) {
    const { status } = decide.data;
    const outcome = status === 'open' ? 'waits' : status === 'done' ? 'done' : 'rejected';
    return (
      <ResultDialog
        title={rt(`decide.result.${outcome}`)}
        status={outcome === 'waits' ? 'queued' : outcome === 'done' ? 'finished' : 'killed'}
        text={rt(`decide.resultText.${outcome}`, words)}
        checks={outcome === 'waits' ? (decide.data.checks ?? []) : []}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={rt('decide.title', words)}
      closeLabel={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('dialog.cancel')}</Button>
          <Button look="danger" disabled={decide.isPending} onClick={() => decide.mutate('rejected')}>
            {rt('decide.reject')}
          </Button>
          <Button look="primary" disabled={decide.isPending} onClick={() => decide.mutate('approved')}>
            {rt('decide.approve')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div>
          <p>
            {rt('decide.asked', {
              who: promotion.askedBy.name,
              ago: t('time.ago', { age: age(promotion.askedAt, now) }),
              ...words,
            })}
          </p>
          {promotion.reason !== '' && <Quote>{promotion.reason}</Quote>}
        </div>
        <GateStanding gate={gate} />
        <TextArea
          label={rt('reason.label')}
          hint={rt('reason.hint')}
          maxLength={10_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <FormError error={decide.error} />
      </div>
    </Dialog>
  );
}

/** Somebody's own words. */
export function Quote({ children }: { readonly children: string }) {
  return (
    <blockquote className="mt-1 border-l-2 border-line-strong pl-3 whitespace-pre-wrap text-ink-2">
      {children}
    </blockquote>
  );
}
