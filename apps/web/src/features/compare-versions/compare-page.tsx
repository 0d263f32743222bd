import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ApiError } from '#core/contract/client.ts';
import { useLive } from '../../api/live.ts';
import { modelQuery, versionQuery } from '../../api/registry.ts';
import { Select } from '#ui/kit/Select.tsx';
import { Panel } from '#ui/kit/Panel.tsx';
import { SkeletonRows } from '../../parts/placeholders.tsx';
import { Missing } from '../../shell/missing-page.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { Comparison } from './comparison-view.tsx';
import { compareVersionsRoute } from './route.ts';

/** Two versions of a model beside each other: only what differs, until all is asked for. */
export function ComparePage() {
  const { model } = compareVersionsRoute.useParams();
  const search = compareVersionsRoute.useSearch();
  const navigate = compareVersionsRoute.useNavigate();
  const page = useQuery(modelQuery(model));
  const numbers = page.data?.versions.map(({ number }) => number) ?? [];
  // Without a choice: what is in production, and the newest.
  const b = search.b ?? numbers[0]?.toString();
  const a = search.a ?? (page.data?.model.production?.version.number ?? numbers[1])?.toString();
  const left = useQuery({ ...versionQuery(model, a ?? ''), enabled: a !== undefined });
  const right = useQuery({ ...versionQuery(model, b ?? ''), enabled: b !== undefined });
  useTitle(rt('compare.title', { a: `${model} v${a ?? ''}`, b: `v${b ?? ''}` }));
  useLive({ registry: true });
  const error = page.error ?? left.error ?? right.error;
  if (error instanceof ApiError && error.status === 404) return <Missing text={error.message} />;
  const options = numbers.map((number) => ({ value: String(number), text: `v${number}` }));
  const choose = (side: 'a' | 'b') => (number: string) =>
    void navigate({ search: (before) => ({ ...before, a, b, [side]: number }), replace: true });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Crumbs>
        <Link to="/models" className="text-ink-2 hover:text-ink max-sm:hidden">
          {t('nav.models')}
        </Link>
        <span className="text-ink-3 max-sm:hidden">/</span>
        <Link
          to="/m/$model/{-$tab}"
          params={{ model, tab: undefined }}
          className="truncate text-ink-2 hover:text-ink"
        >
          {model}
        </Link>
        <span className="text-ink-3">/</span>
        <b className="font-semibold">{rt('compare.crumb')}</b>
      </Crumbs>
      <div className="flex min-h-[52px] shrink-0 flex-wrap items-center gap-2 border-b border-line px-(--gutter) max-sm:px-3 max-sm:py-2">
        <h1 className="mr-2 text-20 font-semibold">{rt('compare.heading')}</h1>
        <Select label={rt('compare.base')} value={a ?? ''} options={options} onChange={choose('a')} />
        <span className="text-12 text-ink-3">{rt('compare.with')}</span>
        <Select label={rt('compare.other')} value={b ?? ''} options={options} onChange={choose('b')} />
      </div>
      {error ? (
        <PageError
          error={error}
          onRetry={() => void Promise.all([page.refetch(), left.refetch(), right.refetch()])}
        />
      ) : page.data && (a === undefined || b === undefined) ? (
        <p className="p-(--gutter) text-ink-3">{rt('compare.few')}</p>
      ) : left.data && right.data ? (
        <Comparison
          key={`${a} ${b}`}
          a={left.data}
          b={right.data}
          isAll={search.all === '1'}
          onAll={(isAll) =>
            void navigate({
              search: (before) => ({ ...before, all: isAll ? '1' : undefined }),
              replace: true,
            })
          }
        />
      ) : (
        <div className="p-(--gutter) max-sm:p-3">
          <Panel>
            <SkeletonRows rows={16} height={28} />
          </Panel>
        </div>
      )}
    </div>
  );
}
