import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { deletedRunsQuery, projectQuery } from '../../api/queries.ts';
import { server } from '../../api/server.ts';
import { isAtLeast, roleOf, useSession } from '../../api/session.ts';
import { Empty, SkeletonRows } from '../../parts/placeholders.tsx';
import { projectOfSegment } from '../../shell/address/addresses.ts';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { t } from '../../text/translate.ts';
import { DeletedTable } from './deleted-table.tsx';
import { deletedRunsRoute } from './route.ts';

/** Runs of a project that wait to be restored. */
export function DeletedRunsPage() {
  const { project: segment } = deletedRunsRoute.useParams();
  const id = projectOfSegment(segment);
  const project = useQuery(projectQuery(id));
  const { data, error, refetch } = useQuery(deletedRunsQuery(id));
  const mayPurge = isAtLeast(roleOf(useSession(), id), 'admin');
  const name = project.data?.name ?? id;
  useTitle(`${name} ${t('deleted.runs')}`);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-[var(--gutter)] max-sm:p-3">
      <Crumbs>
        <Link
          to="/p/$project/runs"
          params={{ project: segment }}
          className="truncate text-ink-3 hover:text-ink"
        >
          {name}
        </Link>
        <span className="text-ink-3">/</span>
        <h1 className="font-semibold">{t('deleted.runs')}</h1>
      </Crumbs>
      <Section title={t('deleted.runs')} note={data && data.total > 0 ? data.total : undefined}>
        <Panel className="overflow-hidden">
          {error && <PageError error={error} onRetry={() => void refetch()} />}
          {!data && !error && <SkeletonRows rows={4} height={40} />}
          {data?.runs.length === 0 && <Empty>{t('deleted.noRuns')}</Empty>}
          {data && data.runs.length > 0 && (
            <DeletedTable
              label={t('deleted.runs')}
              items={data.runs.map((run) => ({
                id: run.id,
                title: `${t('board.run')} ${run.number}`,
                deletedAt: run.deletedAt,
                name: (
                  <Link
                    to="/p/$project/runs/$number/{-$tab}"
                    params={{ project: segment, number: String(run.number) }}
                    className="flex min-w-0 items-baseline gap-2 hover:underline"
                  >
                    <span className="text-13 font-medium">{run.number}</span>
                    <span className="truncate font-mono text-ink-2">{run.name}</span>
                  </Link>
                ),
                note: <span className="text-ink-2">{t(`status.${run.status}`)}</span>,
              }))}
              mayPurge={mayPurge}
              onRestore={(run) => server.restoreRun({ params: { run } })}
              onPurge={(run) => server.purgeRun({ params: { run } })}
              purgeText={t('deleted.purgeRunText')}
            />
          )}
        </Panel>
      </Section>
    </div>
  );
}
