import { useQuery } from '@tanstack/react-query';
import { useLive } from '../../api/live.ts';
import { useSession } from '../../api/session.ts';
import { homeQuery, projectsQuery } from '../../api/queries.ts';
import { WORKSPACE } from '../../api/workspace.ts';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { t } from '../../text/translate.ts';
import { BestTable } from './best-table.tsx';
import { FirstRun } from './first-run.tsx';
import { HomeSkeleton } from './home-skeleton.tsx';
import { NeedsYou } from './needs-you.tsx';
import { ProductionTable } from './production-table.tsx';
import { RecentTable } from './recent-table.tsx';
import { TrainingTable } from './training-table.tsx';

/** Mission control: what is training now, what ran last, which run is the best of each project. */
export function HomePage() {
  useTitle(t('home.title'));
  useLive({ home: true, registry: true });
  const home = useQuery(homeQuery);
  const projects = useQuery(projectsQuery);
  const { mode, grants } = useSession();
  const isStranger = mode === 'team' && grants.length === 0;
  const runs = home.data && home.data.training.length + home.data.recent.length;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      <Crumbs>
        <h1 className="font-semibold">{t('home.title')}</h1>
        <span className="text-12 text-ink-3 max-sm:hidden">{t('home.workspace', { name: WORKSPACE })}</span>
      </Crumbs>
      {home.error ? (
        <PageError error={home.error} onRetry={() => void home.refetch()} />
      ) : !home.data ? (
        <HomeSkeleton />
      ) : runs === 0 ? (
        isStranger ? (
          <NoRole />
        ) : (
          <FirstRun />
        )
      ) : (
        <div className="flex flex-col gap-4">
          <TrainingTable home={home.data} projects={projects.data ?? []} />
          <ProductionTable />
          <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,428px)] gap-4 max-[101.25rem]:grid-cols-1">
            <BestTable home={home.data} projects={projects.data ?? []} />
            <NeedsYou />
          </div>
          <RecentTable home={home.data} projects={projects.data ?? []} />
        </div>
      )}
    </div>
  );
}

/** Logged in, but nobody has given a role yet: nothing is hidden behind an empty page. */
function NoRole() {
  return (
    <div className="pt-6 max-sm:pt-2">
      <h2 className="text-20 font-semibold">{t('home.noRole')}</h2>
      <p className="mt-1 max-w-[64ch] text-14 text-ink-2">{t('home.noRoleText')}</p>
    </div>
  );
}
