import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { deletedProjectsQuery } from '../../api/queries.ts';
import { server } from '../../api/server.ts';
import { isAtLeast, roleOf, useSession } from '../../api/session.ts';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { t } from '../../text/translate.ts';
import { DeletedTable } from './deleted-table.tsx';

/** Projects that wait to be restored, with their runs. */
export function DeletedProjectsPage() {
  useTitle(t('deleted.projects'));
  const { data, error, refetch } = useQuery(deletedProjectsQuery);
  const mayPurge = isAtLeast(roleOf(useSession()), 'admin');
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      <Crumbs>
        <Link to="/projects" className="text-ink-3 hover:text-ink">
          {t('projects.title')}
        </Link>
        <span className="text-ink-3">/</span>
        <h1 className="truncate font-semibold">{t('deleted.projects')}</h1>
      </Crumbs>
      <Section title={t('deleted.projects')} note={data?.length || undefined}>
        <Panel className="overflow-hidden">
          {error && <PageError error={error} onRetry={() => void refetch()} />}
          {!data && !error && <SkeletonRows rows={4} height={40} />}
          {data?.length === 0 && <Empty>{t('deleted.noProjects')}</Empty>}
          {data && data.length > 0 && (
            <DeletedTable
              label={t('deleted.projects')}
              items={data.map((project) => ({
                id: project.id,
                title: project.name,
                deletedAt: project.deletedAt,
                name: <span className="block truncate text-13 font-medium">{project.name}</span>,
                note: <span className="text-ink-2">{t('board.runs', { count: project.runs })}</span>,
              }))}
              mayPurge={mayPurge}
              onRestore={(project) => server.restoreProject({ params: { project } })}
              onPurge={(project) => server.purgeProject({ params: { project } })}
              purgeText={t('deleted.purgeProjectText')}
            />
          )}
        </Panel>
      </Section>
    </div>
  );
}
