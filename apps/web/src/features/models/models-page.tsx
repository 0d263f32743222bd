import { useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Input } from '#ui/kit/Input.tsx';
import { Kbd } from '#ui/kit/Kbd.tsx';
import { useLive } from '../../api/live.ts';
import { modelsQuery } from '../../api/registry.ts';
import { useHotkeys } from '../../shell/keys/hotkeys.ts';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { count } from '../../text/numbers.ts';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { FirstModel } from './first-model.tsx';
import { ModelsTable } from './models-table.tsx';
import { modelsRoute } from './route.ts';

const FIND_ID = 'find-model';

/** Every registered model, one row each: what is in production, how it does, who answers for it. */
export function ModelsPage() {
  const { q = '' } = modelsRoute.useSearch();
  const navigate = modelsRoute.useNavigate();
  const [text, setText] = useState(q);
  const wanted = useDeferredValue(text.trim());
  const found = useInfiniteQuery(modelsQuery(wanted));
  useTitle(t('nav.models'));
  useLive({ registry: true });
  useHotkeys({ '/': () => document.getElementById(FIND_ID)?.focus() });
  const total = found.data?.pages[0]?.total;
  const isEmpty = total === 0 && wanted === '' && !found.isPlaceholderData;
  return (
    <div className="flex min-h-0 flex-1 flex-col p-(--gutter) max-sm:p-3">
      <Crumbs>
        <b className="font-semibold">{t('nav.models')}</b>
      </Crumbs>
      {found.error ? (
        <PageError error={found.error} onRetry={() => void found.refetch()} />
      ) : isEmpty ? (
        <FirstModel />
      ) : (
        <>
          <div className="mb-2 flex min-h-7 shrink-0 flex-wrap items-center gap-x-2 gap-y-1">
            <h1 className="font-semibold">{t('nav.models')}</h1>
            <span className="text-ink-3">{total !== undefined && count(total)}</span>
            <Input
              id={FIND_ID}
              type="search"
              label={rt('models.find')}
              placeholder={rt('models.find')}
              className="ml-auto w-60 max-sm:w-full"
              icon={<Search size={14} strokeWidth={1.5} aria-hidden="true" />}
              trailing={<Kbd className="max-sm:hidden">/</Kbd>}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                void navigate({ search: { q: event.target.value || undefined }, replace: true });
              }}
            />
          </div>
          <ModelsTable found={found} wanted={wanted} />
        </>
      )}
    </div>
  );
}
