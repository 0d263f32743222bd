import { useQuery } from '@tanstack/react-query';
import { useLive } from '../../api/live.ts';
import { homeQuery, projectsQuery } from '../../api/queries.ts';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { t } from '../../text/translate.ts';
import { BestTable } from './best-table.tsx';
import { FirstRun } from './first-run.tsx';
import { HomeSkeleton } from './home-skeleton.tsx';
import { RecentTable } from './recent-table.tsx';
import { TrainingTable } from './training-table.tsx';

/** Mission control: what is training now, what ran last, which run is the best of each project. */
export function HomePage() {
  useTitle(t('home.title'));
  useLive({ home: true });
  const home = useQuery(homeQuery);
  const projects = useQuery(projectsQuery);
  const runs = home.data && home.data.training.length + home.data.recent.length;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      <Crumbs>
        <h1 className="font-semibold">{t('home.title')}</h1>
        <span className="text-12 text-ink-3 max-sm:hidden">{t('home.workspace', { name: 'default' })}</span>
      </Crumbs>
      {home.error ? (
        <PageError error={home.error} onRetry={() => void home.refetch()} />
      ) : !home.data ? (
        <HomeSkeleton />
      ) : runs === 0 ? (
        <FirstRun />
      ) : (
        <div className="flex flex-col gap-4">
          <TrainingTable home={home.data} projects={projects.data ?? []} />
          <BestTable home={home.data} projects={projects.data ?? []} />
          <RecentTable home={home.data} projects={projects.data ?? []} />
        </div>
      )}
    </div>
  );
}
