import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { Status, type StatusKind } from '#ui/kit/Status.tsx';
import { healthQuery, type Health } from '../../../api/identity.ts';
import { Empty, SkeletonRows } from '../../../parts/placeholders.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { PageError } from '../../../shell/page-error.tsx';
import { bytes } from '../../../text/numbers.ts';
import { tt } from '../../../text/team/translate.ts';
import { absolute, duration } from '../../../text/times.ts';

/** How the server and its store are, asked again every ten seconds. */
export function HealthPart() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(healthQuery);
  if (error) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Panel>
        <SkeletonRows rows={6} height={40} />
      </Panel>
    );
  }
  return (
    <>
      <Facts of={data} at={dataUpdatedAt} />
      <Checks of={data.checks} />
      <Storage of={data.storage} />
    </>
  );
}

const DATABASES = { memory: 'memory', sqlite: 'SQLite', postgres: 'PostgreSQL' };

function Facts({ of, at }: { readonly of: Health; readonly at: number }) {
  const now = useNow(10_000);
  return (
    <Section
      title={tt('health.server')}
      end={<span title={absolute(at)}>{tt('health.updated', { time: absolute(at).slice(11) })}</span>}
    >
      <Panel className="grid grid-cols-4 max-md:grid-cols-2">
        <Fact word={tt('health.version')}>{of.version}</Fact>
        <Fact word={tt('health.up')} title={absolute(of.startedAt)}>
          {duration(now - of.startedAt)}
        </Fact>
        <Fact word={tt('health.database')}>{DATABASES[of.database]}</Fact>
        <Fact word={tt('health.memory')}>{bytes(of.memoryBytes)}</Fact>
      </Panel>
    </Section>
  );
}

function Fact({
  word,
  title,
  children,
}: {
  readonly word: string;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="min-w-0 border-line px-4 py-3 not-first:border-l max-md:border-t max-md:nth-3:border-l-0 max-md:[&:nth-child(-n+2)]:border-t-0">
      <div className="text-12 text-ink-3">{word}</div>
      <div className="truncate text-16 font-semibold" title={title}>
        {children}
      </div>
    </div>
  );
}

const LOOKS: Readonly<Record<Health['checks'][number]['status'], StatusKind>> = {
  ok: 'finished',
  warning: 'warning',
  failing: 'failed',
};
const RANK = { failing: 0, warning: 1, ok: 2 };

function Checks({ of }: { readonly of: Health['checks'] }) {
  const failing = of.filter(({ status }) => status === 'failing').length;
  const warnings = of.filter(({ status }) => status === 'warning').length;
  const words = { ok: tt('health.ok'), warning: tt('health.warning'), failing: tt('health.failingWord') };
  const notes = [
    failing > 0 && tt('health.failing', { count: failing }),
    warnings > 0 && tt('health.warnings', { count: warnings }),
  ].filter((note) => note !== false);
  return (
    <Section title={tt('health.checks')} note={notes.length === 0 ? tt('health.allGood') : notes.join(', ')}>
      <Panel>
        {of.length === 0 && <Empty>{tt('health.noChecks')}</Empty>}
        <ul>
          {of
            .toSorted((a, b) => RANK[a.status] - RANK[b.status])
            .map(({ name, status, detail }) => (
              <li
                key={name}
                className="grid min-h-10 grid-cols-[88px_minmax(0,1fr)_minmax(0,2fr)] items-center gap-x-4 border-t border-line px-3 py-1.5 text-12 first:border-t-0 max-sm:grid-cols-[88px_minmax(0,1fr)]"
              >
                <Status status={LOOKS[status]}>{words[status]}</Status>
                <span className="text-13 font-medium">{name}</span>
                <span className="text-ink-2 max-sm:col-start-2">{detail}</span>
              </li>
            ))}
        </ul>
      </Panel>
    </Section>
  );
}

function Storage({ of }: { readonly of: Health['storage'] }) {
  const used = of.databaseBytes + of.blobBytes;
  const whole = used + (of.freeBytes ?? 0);
  const share = (size: number): string => `${(100 * size) / Math.max(1, whole)}%`;
  return (
    <Section
      title={tt('health.storage')}
      note={
        of.freeBytes === undefined
          ? bytes(used)
          : tt('health.used', { used: bytes(used), free: bytes(of.freeBytes) })
      }
    >
      <Panel className="p-4">
        <div className="flex h-2 overflow-hidden rounded-chip bg-sunk" aria-hidden="true">
          <span className="h-full min-w-0.5 bg-accent" style={{ width: share(of.databaseBytes) }} />
          <span
            className="h-full min-w-0.5 border-l border-panel bg-queued"
            style={{ width: share(of.blobBytes) }}
          />
        </div>
        <dl className="mt-4 grid grid-cols-3 gap-4 max-sm:grid-cols-1 max-sm:gap-2">
          <Size word={tt('health.databaseSize')} mark="bg-accent" value={bytes(of.databaseBytes)} />
          <Size
            word={tt('health.files')}
            mark="bg-queued"
            value={bytes(of.blobBytes)}
            note={tt('health.blobs', { count: of.blobs })}
          />
          <Size
            word={tt('health.free')}
            mark="bg-sunk"
            value={of.freeBytes === undefined ? tt('health.freeUnknown') : bytes(of.freeBytes)}
          />
        </dl>
      </Panel>
    </Section>
  );
}

function Size({
  word,
  mark,
  value,
  note,
}: {
  readonly word: string;
  readonly mark: string;
  readonly value: string;
  readonly note?: string;
}) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-12 text-ink-3">
        <span className={`size-2 rounded-chip ${mark}`} />
        {word}
      </dt>
      <dd className="text-16 font-semibold">
        {value} {note !== undefined && <span className="text-12 font-normal text-ink-3">{note}</span>}
      </dd>
    </div>
  );
}
