import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLive } from '../../api/live.ts';
import { projectsQuery } from '../../api/queries.ts';
import { ObjectiveChip } from '../../parts/objective-chip.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { projectSegment } from '../../shell/address/addresses.ts';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { count } from '../../text/numbers.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';

const COLUMNS =
  '[--cols:minmax(212px,1fr)_200px_96px_112px_112px_112px] max-lg:[--cols:minmax(0,1fr)_160px_72px_96px] max-sm:[--cols:minmax(0,1fr)_auto_auto]';

export function ProjectsPage() {
  useTitle(t('projects.title'));
  useLive({ home: true });
  const now = useNow(10_000);
  const { data, error, refetch } = useQuery(projectsQuery);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      <Crumbs>
        <h1 className="font-semibold">{t('projects.title')}</h1>
      </Crumbs>
      {error ? (
        <PageError error={error} onRetry={() => void refetch()} />
      ) : (
        <Section
          title={t('projects.title')}
          note={data?.length}
          end={
            <Link to="/deleted" className="text-ink-3 hover:text-ink">
              {t('deleted.projects')}
            </Link>
          }
        >
          <Panel>
            {!data && <SkeletonRows rows={6} height={40} />}
            {data?.length === 0 && <Empty>{t('projects.none')}</Empty>}
            {data && data.length > 0 && (
              <div className={`tb-row tb-head ${COLUMNS}`}>
                <span>{t('projects.name')}</span>
                <span className="max-sm:hidden">{t('projects.objective')}</span>
                <span className="num">{t('projects.runs')}</span>
                <span>{t('projects.active')}</span>
                <span className="num max-lg:hidden">{t('projects.activity')}</span>
                <span className="num max-lg:hidden">{t('projects.created')}</span>
              </div>
            )}
            {data?.map((project) => (
              <Link
                key={project.id}
                to="/p/$project/runs"
                params={{ project: projectSegment(project) }}
                className={`tb-row min-h-10! ${COLUMNS}`}
              >
                <span className="truncate text-13 font-semibold">{project.name}</span>
                <span className="max-sm:hidden">
                  <ObjectiveChip objective={project.objective} />
                </span>
                <span className="num">{count(project.runs)}</span>
                <span>
                  {project.activeRuns > 0 && <Status status="running">{count(project.activeRuns)}</Status>}
                </span>
                <span
                  className="num text-ink-2 max-lg:hidden"
                  title={project.lastActivityAt === undefined ? undefined : absolute(project.lastActivityAt)}
                >
                  {project.lastActivityAt !== undefined &&
                    t('time.ago', { age: age(project.lastActivityAt, now) })}
                </span>
                <span className="num text-ink-3 max-lg:hidden" title={absolute(project.createdAt)}>
                  {t('time.ago', { age: age(project.createdAt, now) })}
                </span>
              </Link>
            ))}
          </Panel>
        </Section>
      )}
    </div>
  );
}
