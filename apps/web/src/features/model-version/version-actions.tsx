import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Kbd } from '#ui/kit/Kbd.tsx';
import { modelQuery, refreshRegistry, type VersionDetail } from '../../api/registry.ts';
import { server } from '../../api/server.ts';
import { DecideDialog } from '../../parts/registry/actions/decide-dialog.tsx';
import { DeprecateDialog } from '../../parts/registry/actions/deprecate-dialog.tsx';
import { PromoteDialog } from '../../parts/registry/actions/promote-dialog.tsx';
import { RollBackDialog } from '../../parts/registry/actions/roll-back-dialog.tsx';
import { waysBackFrom, type WayBack } from '../../parts/registry/holders.ts';
import { useHotkeys } from '../../shell/keys/hotkeys.ts';
import { messageOf } from '../../shell/page-error.tsx';
import { showToast } from '../../shell/toasts.tsx';
import { rt } from '../../text/registry/translate.ts';

/** What is open over the page; it keeps what it was opened with, whatever the page learns meanwhile. */
type Open =
  | { readonly kind: 'promote' | 'deprecate' }
  | { readonly kind: 'decide'; readonly promotion: VersionDetail['promotions'][number] }
  | { readonly kind: 'roll-back'; readonly ways: readonly WayBack[] };

export function VersionActions({ version }: { readonly version: VersionDetail }) {
  const { model, number, comparedWith, deprecated } = version;
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const { data: page } = useQuery({ ...modelQuery(model.name), enabled: model.may.write });
  const ways = waysBackFrom(page?.waysBack ?? [], number);
  const waiting = version.promotions.find(
    ({ status, mayApprove }) => status === 'open' && mayApprove === true,
  );
  const navigate = useNavigate();
  // Without one before it in production: the newest that is another.
  const other = comparedWith ?? page?.versions.find((each) => each.number !== number)?.number;
  const pair = other === undefined ? undefined : comparison(model.name, other, number);
  useHotkeys(pair ? { c: () => void navigate(pair) } : {});
  return (
    <div className="flex flex-wrap items-center gap-2">
      {pair && (
        <Button asChild>
          <Link {...pair} aria-keyshortcuts="c">
            {rt('version.compareWith', { version: `v${other}` })}
            <Kbd className="max-sm:hidden">c</Kbd>
          </Link>
        </Button>
      )}
      {model.may.write &&
        (deprecated ? (
          <OfferAgain model={model.name} number={number} />
        ) : (
          <Button onClick={() => setOpen({ kind: 'deprecate' })}>{rt('deprecate.open')}</Button>
        ))}
      {model.may.write && ways[0] && (
        <Button onClick={() => setOpen({ kind: 'roll-back', ways })}>
          {rt('rollBack.open', { version: `v${ways[0].to}` })}
        </Button>
      )}
      {model.may.write && (
        <Button look={waiting ? 'plain' : 'primary'} onClick={() => setOpen({ kind: 'promote' })}>
          {rt('promote.open')}
        </Button>
      )}
      {waiting && (
        <Button look="primary" onClick={() => setOpen({ kind: 'decide', promotion: waiting })}>
          {rt('decide.open')}
        </Button>
      )}
      {open?.kind === 'promote' && <PromoteDialog model={model} version={number} onClose={close} />}
      {open?.kind === 'deprecate' && <DeprecateDialog model={model.name} version={number} onClose={close} />}
      {open?.kind === 'decide' && <DecideDialog promotion={open.promotion} onClose={close} />}
      {open?.kind === 'roll-back' && <RollBackDialog model={model.name} ways={open.ways} onClose={close} />}
    </div>
  );
}

function comparison(model: string, a: number, b: number) {
  return {
    to: '/m/$model/compare',
    params: { model },
    search: { a: String(Math.min(a, b)), b: String(Math.max(a, b)) },
  } as const;
}

function OfferAgain({ model, number }: { readonly model: string; readonly number: number }) {
  const offer = useMutation({
    mutationFn: () =>
      server.updateModelVersion({ params: { model, version: String(number) }, body: { deprecated: null } }),
    onSettled: refreshRegistry,
    onError: (error) => showToast(messageOf(error)),
  });
  return (
    <Button disabled={offer.isPending} onClick={() => offer.mutate()}>
      {rt('deprecate.undo')}
    </Button>
  );
}
