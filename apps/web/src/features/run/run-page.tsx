import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ApiError } from '#core/contract/client.ts';
import { useLive } from '../../api/live.ts';
import { projectQuery, runByNumberQuery } from '../../api/queries.ts';
import { SkeletonRows } from '../../parts/placeholders.tsx';
import { projectOfSegment } from '../../shell/address/addresses.ts';
import { Missing } from '../../shell/missing-page.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { t } from '../../text/translate.ts';
import { Overview } from './overview/overview.tsx';
import { RUN_TABS, runRoute } from './route.ts';
import { RunHead } from './run-head.tsx';

const ChartsTab = lazy(async () => ({ default: (await import('./charts-tab.tsx')).ChartsTab }));
const FilesTab = lazy(async () => ({ default: (await import('./files/files-tab.tsx')).FilesTab }));
const ModelsTab = lazy(async () => ({ default: (await import('./models-tab.tsx')).ModelsTab }));

/** One run: what it is and did, its charts, its files, the models it saved. */
export function RunPage() {
  const { project: segment, number, tab } = runRoute.useParams();
  const id = projectOfSegment(segment);
  const project = useQuery(projectQuery(id));
  const found = useQuery(runByNumberQuery(id, Number(number)));
  const run = found.data;
  const name = project.data?.name ?? id;
  useTitle(found.error ? undefined : `${name} ${number}${run ? ` ${run.name}` : ''}`);
  useLive(run ? { runs: [run.id] } : {});
  const open = RUN_TABS.find((known) => known === (tab ?? 'overview'));
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Missing text={t('missing.run', { number })} />;
  }
  if (found.error) return <PageError error={found.error} onRetry={() => void found.refetch()} />;
  if (!open) return <Missing text={t('missing.text', { path: location.pathname })} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Crumbs>
        <Link
          to="/p/$project/runs"
          params={{ project: segment }}
          className="truncate text-ink-2 hover:text-ink"
        >
          {name}
        </Link>
        <span className="text-ink-3">/</span>
        <b className="font-semibold">{number}</b>
      </Crumbs>
      {!run ? (
        <div className="p-(--gutter)">
          <SkeletonRows rows={8} height={40} />
        </div>
      ) : (
        <>
          <RunHead run={run} segment={segment} open={open} />
          <Suspense>
            {open === 'overview' && <Overview run={run} project={project.data} segment={segment} />}
            {open === 'charts' && <ChartsTab run={run} project={project.data} />}
            {open === 'files' && <FilesTab run={run} />}
            {open === 'models' && <ModelsTab run={run} />}
          </Suspense>
        </>
      )}
    </div>
  );
}
