import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { Button } from '#ui/kit/Button.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { Table, type TableColumn } from '#ui/kit/Table.tsx';
import { registryLogQuery, type RegistryEntryJson } from '../../api/registry.ts';
import { server } from '../../api/server.ts';
import { PageError } from '../../shell/page-error.tsx';
import { logWord, rt } from '../../text/registry/translate.ts';
import { absolute } from '../../text/times.ts';
import { FormError } from '../forms/form-error.tsx';
import { Empty, SkeletonRows } from '../placeholders.tsx';
import { VersionLink } from './names.tsx';

/** Who did what when and why, newest first: of a model, or of one version. The chain is recomputed on demand. */
export function RegistryLog({ model, version }: { readonly model: string; readonly version?: number }) {
  const log = useInfiniteQuery(registryLogQuery(model, version));
  const entries = log.data?.pages.flatMap((page) => page.entries);
  return (
    <Section title={rt('log.title')} note={rt('log.note')} end={<VerifyLog model={model} />}>
      <Panel className="overflow-hidden">
        {log.error ? (
          <PageError error={log.error} onRetry={() => void log.refetch()} />
        ) : !entries ? (
          <SkeletonRows rows={8} height={34} />
        ) : entries.length === 0 ? (
          <Empty>{rt('log.none')}</Empty>
        ) : (
          <Table
            label={rt('log.title')}
            columns={columns(model, version === undefined)}
            rows={entries}
            rowKey={({ number }) => String(number)}
            isDense
            renderNote={({ actor, at, reason }) => (
              <span className="block">
                {`${actor.name}, ${absolute(at)}`}
                {reason !== '' && <span className="block text-ink-2">{reason}</span>}
              </span>
            )}
          />
        )}
      </Panel>
      {log.hasNextPage && (
        <Button className="mt-2" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {rt('log.older')}
        </Button>
      )}
    </Section>
  );
}

function columns(model: string, hasVersion: boolean): TableColumn<RegistryEntryJson>[] {
  const all: (TableColumn<RegistryEntryJson> | false)[] = [
    {
      id: 'number',
      head: rt('log.number'),
      width: '40px',
      isNumber: true,
      from: 'desk',
      render: ({ number, hash }) => (
        <span className="text-ink-3" title={`sha256 ${hash}`}>
          {number}
        </span>
      ),
    },
    {
      id: 'what',
      head: rt('log.what'),
      width: 'minmax(128px,0.7fr)',
      render: ({ action }) => (
        <span className="flex items-center gap-1.5 font-medium" title={action}>
          {action === 'promotion.refused' && <Status status="failed" />}
          <span className="truncate">{logWord(action)}</span>
        </span>
      ),
    },
    hasVersion && {
      id: 'version',
      head: rt('version.version'),
      width: '56px',
      render: ({ version }) => version !== undefined && <VersionLink model={model} number={version} />,
    },
    {
      id: 'details',
      head: rt('log.details'),
      width: 'minmax(0,1.2fr)',
      from: 'tablet',
      render: (entry) => (
        <span className="block truncate" title={JSON.stringify(entry.details)}>
          {Object.entries(entry.details).map(([key, value]) => (
            <span key={key} className="mr-3 whitespace-nowrap">
              <span className="text-ink-3">{key}</span> {shortened(value)}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'reason',
      head: rt('log.reason'),
      width: 'minmax(0,1fr)',
      from: 'tablet',
      render: ({ reason }) => (
        <span className="block truncate text-ink-2" title={reason}>
          {reason}
        </span>
      ),
    },
    {
      id: 'who',
      head: rt('log.who'),
      width: '96px',
      from: 'tablet',
      render: ({ actor }) => (
        <span className="block truncate" title={actor.id}>
          {actor.name}
        </span>
      ),
    },
    {
      id: 'when',
      head: rt('log.when'),
      width: '132px',
      isNumber: true,
      from: 'tablet',
      render: ({ at }) => (
        <span className="text-ink-2" title={new Date(at).toISOString()}>
          {absolute(at)}
        </span>
      ),
    },
  ];
  return all.filter((column) => column !== false);
}

/** Digests and ids say enough by their head; the whole stands in the title. */
function shortened(value: string): string {
  return value.replace(/\b([0-9a-f]{8})[0-9a-f]{24,}\b/g, '$1…');
}

function VerifyLog({ model }: { readonly model: string }) {
  const verify = useMutation({ mutationFn: () => server.verifyRegistryLog({ params: { model } }) });
  const { data } = verify;
  return (
    <>
      <span role="status">
        {data?.isIntact === true && (
          <Status status="finished">{rt('log.intact', { count: data.entries })}</Status>
        )}
        {data?.isIntact === false && (
          <Status status="failed">{rt('log.broken', { number: data.brokenAt ?? 1 })}</Status>
        )}
      </span>
      <FormError error={verify.error} />
      <Button
        icon={<ShieldCheck size={14} strokeWidth={1.5} aria-hidden="true" />}
        disabled={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {verify.isPending ? rt('log.verifying') : rt('log.verify')}
      </Button>
    </>
  );
}
