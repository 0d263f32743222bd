import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ApiError } from '#core/contract/client.ts';
import { useLive } from '../../api/live.ts';
import { versionQuery } from '../../api/registry.ts';
import { Missing } from '../../shell/missing-page.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { VERSION_TABS, versionRoute } from './route.ts';
import { SummaryTab } from './summary/summary-tab.tsx';
import { VersionHead } from './version-head.tsx';
import { VersionSkeleton } from './version-skeleton.tsx';

const PerformanceTab = lazy(async () => ({
  default: (await import('./performance/performance-tab.tsx')).PerformanceTab,
}));
const LineageTab = lazy(async () => ({ default: (await import('./lineage/lineage-tab.tsx')).LineageTab }));
const FilesTab = lazy(async () => ({ default: (await import('./files/files-tab.tsx')).FilesTab }));
const ActivityTab = lazy(async () => ({ default: (await import('./activity-tab.tsx')).ActivityTab }));

/** One version: where it came from, how it does, where it runs, and what may be done with it. */
export function VersionPage() {
  const { model, number, tab } = versionRoute.useParams();
  const found = useQuery(versionQuery(model, number));
  const version = found.data;
  useTitle(found.error ? undefined : `${model} v${number}`);
  useLive({ registry: true });
  const open = VERSION_TABS.find((known) => known === (tab ?? 'summary'));
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Missing text={rt('missing.version', { model, number })} />;
  }
  if (!open) return <Missing text={t('missing.text', { path: location.pathname })} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Crumbs>
        <Link to="/models" className="text-ink-2 hover:text-ink">
          {t('nav.models')}
        </Link>
        <span className="text-ink-3">/</span>
        <Link
          to="/m/$model/{-$tab}"
          params={{ model, tab: undefined }}
          className="truncate text-ink-2 hover:text-ink"
        >
          {model}
        </Link>
        <span className="text-ink-3">/</span>
        <b className="font-semibold">v{number}</b>
      </Crumbs>
      {found.error ? (
        <PageError error={found.error} onRetry={() => void found.refetch()} />
      ) : !version ? (
        <VersionSkeleton />
      ) : (
        <>
          <VersionHead version={version} open={open} />
          <Suspense>
            {open === 'summary' && <SummaryTab version={version} />}
            {open === 'performance' && <PerformanceTab version={version} />}
            {open === 'lineage' && <LineageTab version={version} />}
            {open === 'files' && <FilesTab version={version} />}
            {open === 'activity' && <ActivityTab version={version} />}
          </Suspense>
        </>
      )}
    </div>
  );
}
