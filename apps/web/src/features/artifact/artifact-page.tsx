import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Skeleton } from '#ui/kit/Skeleton.tsx';
import { artifactVersionQuery, artifactVersionsQuery, type ArtifactName } from '../../api/artifacts.ts';
import { DataCrumbs } from '../../parts/registry/data-crumbs.tsx';
import { DataVersionsPanel } from '../../parts/registry/data-versions-panel.tsx';
import { RunRolesPanel } from '../../parts/registry/run-roles-panel.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { useTitle } from '../../shell/top-bar-slots.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { absolute } from '../../text/times.ts';
import { ContentPanel } from './content-panel.tsx';

/** One version of a table, a checkpoint or a dataset: what it holds, which runs made it and which used it. */
export function ArtifactPage() {
  const { type = '', artifact = '', number } = useParams({ strict: false });
  const name: ArtifactName = { type, name: artifact };
  const versions = useQuery(artifactVersionsQuery(name));
  const list = versions.data?.versions;
  const shown = number === undefined ? list?.[0]?.number : Number(number);
  useTitle(shown === undefined ? artifact : `${artifact}@v${shown}`);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-(--gutter) max-sm:p-3">
      <DataCrumbs name={artifact} />
      {versions.error ? (
        <PageError error={versions.error} onRetry={() => void versions.refetch()} />
      ) : !list || shown === undefined ? (
        <PageSkeleton />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)_432px] gap-4 max-xl:grid-cols-1">
          <Version name={name} number={shown} />
          <DataVersionsPanel
            versions={list}
            total={versions.data?.total ?? 0}
            shown={shown}
            // The file that is open stays open.
            linkTo={(each) => ({
              to: '/artifacts/$type/$artifact/v/$number',
              params: { type, artifact, number: each },
              search: ({ file }) => ({ file }),
            })}
          />
        </div>
      )}
    </div>
  );
}

function Version({ name, number }: { readonly name: ArtifactName; readonly number: number }) {
  const detail = useQuery(artifactVersionQuery(name, number));
  if (detail.error) return <PageError error={detail.error} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <PageSkeleton />;
  const { content, isMore, madeBy, usedBy, version } = detail.data;
  const { createdAt, digest, type } = version;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 className="min-w-0 truncate text-20 font-semibold">
          {version.name} <span className="text-accent">v{version.number}</span>
        </h1>
        <span className="text-12 text-ink-2">{typeName(type)}</span>
        <code className="min-w-0 truncate text-12 text-ink-2" title={dt('digest')}>
          {digest}
        </code>
        <span className="text-12 text-ink-3">{dt('madeAt', { time: absolute(createdAt) })}</span>
      </header>
      <ContentPanel version={version} content={content} />
      <RunRolesPanel title={dt('madeBy')} none={dt('noMakers')} runs={madeBy} isMore={isMore} />
      <RunRolesPanel title={dt('usedByRuns')} none={dt('noRuns')} runs={usedBy} isMore={isMore} />
    </div>
  );
}

/** A type that other wires brought is shown as they call it. */
function typeName(type: string): string {
  if (type === 'table' || type === 'checkpoint' || type === 'dataset') {
    return dt(`type.${type}`);
  }
  return type;
}

function PageSkeleton() {
  return (
    <div aria-busy="true" role="status">
      <Skeleton width={240} height={24} />
      <div className="mt-4">
        <Skeleton height={320} />
      </div>
    </div>
  );
}
