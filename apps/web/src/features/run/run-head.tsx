import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunJson } from '#core/contract/schemas.ts';
import { Button } from '#ui/kit/Button.tsx';
import { Chip } from '#ui/kit/Chip.tsx';
import { CopyText } from '#ui/kit/CopyText.tsx';
import { Count, Tab, Tabs } from '#ui/kit/Tabs.tsx';
import { runQuery } from '../../api/queries.ts';
import { lastStep, quietSince, runDuration } from '../../api/run-values.ts';
import { server } from '../../api/server.ts';
import { isAtLeast, roleOf, useSession } from '../../api/session.ts';
import { RunStatus } from '../../parts/run-status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { showToast } from '../../shell/toasts.tsx';
import { count } from '../../text/numbers.ts';
import { absolute, age, duration } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { RUN_TABS, type RunTab } from './route.ts';

const WIRES: Readonly<Record<string, string>> = { mlflow: 'MLflow', native: 'Cairn' };
const TAGS_SHOWN = 4;

export function RunHead({
  run,
  segment,
  open,
}: {
  readonly run: RunJson;
  readonly segment: string;
  readonly open: RunTab;
}) {
  const counts: Partial<Record<RunTab, number>> = {
    charts: run.metrics.length,
    models: run.modelOutputs.length,
  };
  const params = { project: segment, number: String(run.number) };
  return (
    <>
      <div className="flex min-h-[60px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-(--gutter) max-sm:px-3 max-sm:py-2">
        <h1 className="flex min-w-0 items-baseline gap-3">
          <span className="text-20 font-semibold">{run.number}</span>
          <span className="truncate font-mono text-14 text-ink-2">{run.name}</span>
        </h1>
        <RunStatus run={run} now={useNow(5000)} />
        <span className="flex-1" />
        <Button asChild className="max-sm:hidden">
          <Link
            to="/p/$project/runs"
            params={{ project: segment }}
            search={{ sel: String(run.number), base: String(run.number) }}
          >
            {t('run.compareBoard')}
          </Link>
        </Button>
        <DeleteButton run={run} />
      </div>
      <Facts run={run} segment={segment} />
      {run.deletedAt !== undefined && (
        <p role="status" className="px-(--gutter) pb-2 text-warning">
          {t('run.deletedNote')}
        </p>
      )}
      <Tabs label={t('run.tabs')}>
        {RUN_TABS.map((tab) => (
          <Tab key={tab} isActive={tab === open}>
            <Link
              to="/p/$project/runs/$number/{-$tab}"
              params={{ ...params, tab: tab === 'overview' ? undefined : tab }}
            >
              {t(`run.${tab}`)}
              {counts[tab] !== undefined && counts[tab] > 0 && <Count>{count(counts[tab])}</Count>}
            </Link>
          </Tab>
        ))}
      </Tabs>
    </>
  );
}

function Facts({ run, segment }: { readonly run: RunJson; readonly segment: string }) {
  const now = useNow(1000);
  const step = lastStep(run);
  const isRunning = run.status === 'running';
  const tags = run.tags.filter(({ key }) => !/^(mlflow|cairn)\./.test(key));
  return (
    <div className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-6 gap-y-1 px-(--gutter) text-12 text-ink-3 max-sm:gap-x-4 max-sm:px-3 max-sm:pb-2">
      {run.userId !== '' && <Fact word={t('run.owner')}>{run.userId}</Fact>}
      <Fact word={t('run.started')} title={absolute(run.startedAt)}>
        {t('time.ago', { age: age(run.startedAt, now) })}
      </Fact>
      <Fact word={isRunning ? t('run.runningFor') : t('run.took')}>{duration(runDuration(run, now))}</Fact>
      {step !== undefined && <Fact word={t('run.step')}>{count(step)}</Fact>}
      {isRunning && (
        <Fact word={t('run.lastLog')} title={absolute(run.changedAt)}>
          <span className={quietSince(run, now) === undefined ? '' : 'text-lost'}>
            {t('time.ago', { age: age(run.changedAt, now) })}
          </span>
        </Fact>
      )}
      <Fact word={t('run.loggedWith')}>{WIRES[run.wire] ?? run.wire}</Fact>
      {run.parent !== undefined && <Parent id={run.parent} segment={segment} />}
      <span>
        {t('run.id')} <CopyText text={run.id} shown={run.id.slice(0, 8)} copiedText={t('action.copied')} />
      </span>
      {tags.slice(0, TAGS_SHOWN).map(({ key, value }) => (
        <span key={key} title={`${key}: ${value}`} className="max-w-40 min-w-0">
          <Chip>{value === '' ? key : value}</Chip>
        </span>
      ))}
    </div>
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
    <span title={title} className="whitespace-nowrap">
      {word} <b className="font-medium text-ink">{children}</b>
    </span>
  );
}

function Parent({ id, segment }: { readonly id: string; readonly segment: string }) {
  const { data: parent } = useQuery(runQuery(id));
  if (!parent) return null;
  return (
    <Fact word={t('run.parent')}>
      <Link
        to="/p/$project/runs/$number/{-$tab}"
        params={{ project: segment, number: String(parent.number) }}
        className="text-accent hover:underline"
      >
        {parent.number}
      </Link>
    </Fact>
  );
}

function DeleteButton({ run }: { readonly run: RunJson }) {
  const client = useQueryClient();
  const mayDelete = isAtLeast(roleOf(useSession(), run.project), 'editor');
  const ask = { params: { run: run.id } };
  const restore = async (): Promise<void> => {
    await server.restoreRun(ask);
    await client.invalidateQueries();
  };
  const remove = async (): Promise<void> => {
    await server.deleteRun(ask);
    await client.invalidateQueries();
    showToast(t('run.deletedToast', { number: String(run.number) }), {
      label: t('action.undo'),
      act: () => void restore(),
    });
  };
  if (!mayDelete) return null;
  return run.deletedAt === undefined ? (
    <Button onClick={() => void remove()}>{t('action.delete')}</Button>
  ) : (
    <Button onClick={() => void restore()}>{t('action.restore')}</Button>
  );
}
