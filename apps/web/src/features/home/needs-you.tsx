import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { promotionsQuery, type PromotionJson } from '../../api/registry.ts';
import { DecideDialog } from '../../parts/registry/actions/decide-dialog.tsx';
import { passedOf } from '../../parts/registry/checks.tsx';
import { targetWords, VersionLink } from '../../parts/registry/names.tsx';
import { Empty } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { rt } from '../../text/registry/translate.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';

/** What waits for the word of whoever looks. */
export function NeedsYou() {
  const promotions = useQuery(promotionsQuery);
  const [deciding, setDeciding] = useState<PromotionJson>();
  const mine = promotions.data?.filter(({ mayApprove }) => mayApprove) ?? [];
  if (promotions.isPending) return null;
  return (
    <Section title={t('home.needsYou')} note={mine.length > 0 ? mine.length : undefined}>
      <Panel>
        {mine.length === 0 && <Empty>{t('home.nothingNeedsYou')}</Empty>}
        {mine.map((promotion) => (
          <Row key={promotion.id} promotion={promotion} onReview={() => setDeciding(promotion)} />
        ))}
      </Panel>
      {deciding && <DecideDialog promotion={deciding} onClose={() => setDeciding(undefined)} />}
    </Section>
  );
}

function Row({ promotion, onReview }: { readonly promotion: PromotionJson; readonly onReview: () => void }) {
  const now = useNow(60_000);
  const { askedAt, askedBy, checks = [], modelName, target, version } = promotion;
  const { passed, of } = passedOf(checks);
  return (
    <div className="flex min-h-14 items-center gap-3 border-t border-line px-3 py-2 first:border-t-0">
      <Status status="queued" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-13 font-medium">
          {t('home.approve', { target: targetWords(target) })}{' '}
          <VersionLink model={modelName} number={version}>{`${modelName} v${version}`}</VersionLink>
        </span>
        <span className="block truncate text-12 text-ink-3" title={absolute(askedAt)}>
          {rt('promotion.asked', { who: askedBy.name, ago: t('time.ago', { age: age(askedAt, now) }) })}
          {of > 0 && `, ${rt('check.passedOf', { passed, of })}`}
        </span>
      </span>
      <Button onClick={onReview}>{rt('promotion.review')}</Button>
    </div>
  );
}
