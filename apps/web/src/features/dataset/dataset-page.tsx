import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Skeleton } from '#ui/kit/Skeleton.tsx';
import { datasetQuery, type DatasetVersion } from '../../api/datasets.ts';
import { artifactVersionQuery } from '../../api/artifacts.ts';
import { DataCrumbs } from '../../parts/registry/data-crumbs.tsx';
import { DataVersionsPanel } from '../../parts/registry/data-versions-panel.tsx';
import { RunRolesPanel } from '../../parts/registry/run-roles-panel.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { useTitle } from '../../shell/top-bar-slots.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { absolute } from '../../text/times.ts';
import { ProfilePanel } from './profile-panel.tsx';
import { SchemaPanel } from './schema-panel.tsx';
import { UsePanel } from './use-panel.tsx';

/** One version of a dataset: what it is, how it differs from the version before, and who used it. */
export function DatasetPage() {
  const { dataset = '', number } = useParams({ strict: false });
  const versions = useQuery(datasetQuery(dataset));
  const list = versions.data;
  const shown = number === undefined ? list?.[0] : list?.find((one) => String(one.number) === number);
  const previous = list?.find((one) => shown !== undefined && one.number < shown.number);
  useTitle(shown ? `${dataset}@v${shown.number}` : dataset);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-(--gutter) max-sm:p-3">
      <DataCrumbs name={dataset} />
      {versions.error ? (
        <PageError error={versions.error} onRetry={() => void versions.refetch()} />
      ) : !list ? (
        <DatasetSkeleton />
      ) : !shown ? (
        <p className="pt-6 text-14 text-ink-2">{dt('noVersion', { number: number ?? '' })}</p>
      ) : (
        <>
          <Head dataset={dataset} version={shown} />
          <div className="mt-3 grid grid-cols-[minmax(0,1fr)_432px] gap-4 max-xl:grid-cols-1">
            <div className="flex min-w-0 flex-col gap-3">
              <SchemaPanel version={shown} previous={previous} />
              {shown.manifest !== undefined && <Makers dataset={dataset} number={shown.number} />}
              <UsePanel dataset={dataset} number={shown.number} />
            </div>
            <div className="flex min-w-0 flex-col gap-3">
              <ProfilePanel version={shown} previous={previous} />
              <DataVersionsPanel
                versions={list}
                total={list.length}
                shown={shown.number}
                linkTo={(each) => ({ to: '/d/$dataset/v/$number', params: { dataset, number: each } })}
              />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

/** The runs from whose files it was sealed. */
function Makers({ dataset, number }: { readonly dataset: string; readonly number: number }) {
  const { data, error, refetch } = useQuery(artifactVersionQuery({ type: 'dataset', name: dataset }, number));
  if (error) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={60} />;
  const { isMore, madeBy } = data;
  return <RunRolesPanel title={dt('madeBy')} none={dt('noMakers')} runs={madeBy} isMore={isMore} />;
}

function Head({ dataset, version }: { readonly dataset: string; readonly version: DatasetVersion }) {
  const { number, digest, manifest, source, sourceType, createdAt, createdBy } = version;
  return (
    <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <h1 className="min-w-0 truncate text-20 font-semibold">
        {dataset} <span className="text-accent">v{number}</span>
      </h1>
      <code className="min-w-0 truncate text-12 text-ink-2" title={dt('digest')}>
        {digest}
      </code>
      <span className="text-12 text-ink-3" title={absolute(createdAt)}>
        {dt('seenBy', { time: absolute(createdAt), who: createdBy.name })}
      </span>
      <span className="min-w-0 truncate text-12 text-ink-3" title={source}>
        {sourceType} {shortSource(source)}
      </span>
      {manifest === undefined ? (
        <span className="text-12 text-ink-3">{dt('elsewhere')}</span>
      ) : (
        <Link
          to="/artifacts/$type/$artifact/v/$number"
          params={{ type: 'dataset', artifact: dataset, number: String(number) }}
          className="text-12 text-accent hover:underline"
        >
          {dt('openFiles')}
        </Link>
      )}
    </header>
  );
}

/** MLflow's clients send a source as JSON; the address in it is what says something. */
function shortSource(source: string): string {
  try {
    const parsed = JSON.parse(source) as Record<string, unknown>;
    const [first] = ['uri', 'url', 'path'].map((key) => parsed[key]).filter((one) => typeof one === 'string');
    return first ?? source;
  } catch {
    return source;
  }
}

function DatasetSkeleton() {
  return (
    <div aria-busy="true" role="status">
      <Skeleton width={240} height={24} />
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)_432px] gap-4 max-xl:grid-cols-1">
        <Skeleton height={320} />
        <Skeleton height={240} />
      </div>
    </div>
  );
}
