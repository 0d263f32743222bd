import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status } from '#ui/kit/Status.tsx';
import type { PromotionJson, VersionDetail } from '../../../api/registry.ts';
import { Empty } from '../../../parts/placeholders.tsx';
import { Checks, passedOf } from '../../../parts/registry/checks.tsx';
import { targetWords } from '../../../parts/registry/names.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { absolute } from '../../../text/times.ts';

/** How each gate of the model stands for this version, and who said what when it was asked. */
export function ChecksPanel({ version }: { readonly version: VersionDetail }) {
  const { gates, promotions } = version;
  const { passed, of } = passedOf(gates.flatMap(({ checks }) => checks));
  return (
    <Section title={rt('checks.title')} note={of > 0 ? rt('check.passedOf', { passed, of }) : undefined}>
      <Panel className="overflow-hidden py-1">
        {gates.length === 0 && promotions.length === 0 && <Empty>{rt('checks.none')}</Empty>}
        {gates.map(({ target, checks }) => (
          <div key={`${target.kind} ${target.name}`} className="px-3">
            <div className="pt-1 text-11 text-ink-3">{targetWords(target)}</div>
            <Checks checks={checks} />
          </div>
        ))}
        {promotions.length > 0 && (
          <ul className="mt-1 border-t border-line px-3 pt-1">
            {promotions.map((promotion) => (
              <PromotionHistory key={promotion.id} promotion={promotion} />
            ))}
          </ul>
        )}
      </Panel>
    </Section>
  );
}

const GLYPHS = {
  open: 'queued',
  done: 'finished',
  rejected: 'failed',
  withdrawn: 'killed',
  superseded: 'killed',
} as const;

function PromotionHistory({ promotion }: { readonly promotion: PromotionJson }) {
  const { approvals, askedAt, askedBy, closedAt, reason, status, target } = promotion;
  return (
    <li className="py-1 text-12 leading-5">
      <div className="flex items-start gap-1.5" title={reason}>
        <span className="flex h-5 items-center">
          <Status status={GLYPHS[status]} />
        </span>
        <span className="min-w-0 flex-1">
          {rt(`promotion.${status}`, { target: targetWords(target), who: askedBy.name })}
        </span>
        <span className="shrink-0 text-ink-3">{absolute(closedAt ?? askedAt).slice(0, 16)}</span>
      </div>
      {approvals.map(({ by, at, decision, reason: words }) => (
        <div key={`${by.id} ${at}`} className="flex items-start gap-1.5 pl-[18px] text-ink-2">
          <span className="min-w-0 flex-1">
            {rt(`approval.${decision}`, { who: by.name })}
            {words !== '' && <span className="text-ink-3">{`: ${words}`}</span>}
          </span>
          <span className="shrink-0 text-ink-3">{absolute(at).slice(0, 16)}</span>
        </div>
      ))}
    </li>
  );
}
