import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Panel } from '#ui/kit/Panel.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import {
  datasetName,
  Figure,
  FigureDelta,
  figureDecimals,
  figureWords,
} from '../../../parts/registry/figures.tsx';
import { DataLink, VersionLink } from '../../../parts/registry/names.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { count } from '../../../text/numbers.ts';
import { rt } from '../../../text/registry/translate.ts';
import { absolute, age, duration } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';
import { STRIP } from '../layout.ts';

/** Six facts: what was optimised, how it does here and there, from what data, by which run, where it runs. */
export function FactStrip({ version }: { readonly version: VersionDetail }) {
  const { objective } = version;
  return (
    <Panel className={STRIP}>
      <Fact word={rt('fact.objective')} note={objective && rt(`fact.${objective.origin}`)}>
        {objective ? (
          <span className="min-w-0 truncate" title={objective.metric}>
            <span className="font-normal text-ink-3">{t(`objective.${objective.direction}`)}</span>{' '}
            <span className="font-mono text-14 font-medium">{objective.metric}</span>
          </span>
        ) : (
          <None>{rt('fact.noObjective')}</None>
        )}
      </Fact>
      <Dev version={version} />
      <Prod version={version} />
      <Data version={version} />
      <TrainedBy version={version} />
      <Serves version={version} />
    </Panel>
  );
}

function Fact({
  word,
  note,
  title,
  children,
}: {
  readonly word: string;
  readonly note?: ReactNode;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className="min-w-0 px-4 py-2.5">
      <div className="text-11 font-medium tracking-[0.04em] text-ink-3 uppercase">{word}</div>
      <div className="flex h-6 min-w-0 items-center gap-2 text-16 font-semibold" title={title}>
        {children}
      </div>
      <div className="truncate text-12 text-ink-3">{note}</div>
    </div>
  );
}

function None({ children }: { readonly children: ReactNode }) {
  return <span className="truncate text-13 font-normal text-ink-3">{children}</span>;
}

function Dev({ version }: { readonly version: VersionDetail }) {
  const { dev } = version;
  const note = dev
    ? [
        dev.dataset && datasetName(dev.dataset),
        dev.samples !== undefined && rt('figure.samples', { count: dev.samples, n: count(dev.samples) }),
      ]
        .filter(Boolean)
        .join(', ') || rt(`figure.${dev.from}`, { environment: dev.environment })
    : rt('fact.devHow');
  return (
    <Fact word={rt('fact.dev')} note={note} title={dev && figureWords(dev)}>
      {dev ? (
        <Figure figure={dev} decimals={figureDecimals([version])} />
      ) : (
        <None>{rt('fact.notMeasured')}</None>
      )}
    </Fact>
  );
}

function Prod({ version }: { readonly version: VersionDetail }) {
  const now = useNow(60_000);
  const { prod, model, number } = version;
  if (!prod) {
    return (
      <Fact
        word={rt('fact.prod')}
        note={rt('fact.prodHow')}
        title={`cairn evaluate ${model.name}@${number} … --environment production`}
      >
        <None>{rt('fact.notMeasured')}</None>
      </Fact>
    );
  }
  const decimals = figureDecimals([version]);
  return (
    <Fact
      word={rt('fact.prod')}
      note={`${prod.environment}, ${t('time.ago', { age: age(prod.at, now) })}`}
      title={figureWords(prod)}
    >
      <VersionLink model={model.name} number={number} tab="performance" className="text-ink">
        <Figure figure={prod} decimals={decimals} />
      </VersionLink>
      <span className="text-12 font-normal">
        <FigureDelta row={version} decimals={decimals} />
      </span>
    </Fact>
  );
}

function Data({ version }: { readonly version: VersionDetail }) {
  const [first, ...others] = version.data;
  const note = [
    first?.role,
    others.length > 0 && others.map(({ name, number }) => `${name}@v${number}`).join(', '),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <Fact word={rt('fact.data')} note={first ? note : rt('fact.dataHow')} title={first?.digest}>
      {first ? <DataLink data={first} className="text-accent" /> : <None>{rt('fact.notCaptured')}</None>}
    </Fact>
  );
}

function TrainedBy({ version }: { readonly version: VersionDetail }) {
  const { run, isHidden } = version.origin;
  if (!run) {
    return (
      <Fact word={rt('fact.trainedBy')} note={isHidden ? rt('fact.runHidden') : rt('fact.runHow')}>
        <None>{isHidden ? rt('fact.hidden') : rt('fact.notCaptured')}</None>
      </Fact>
    );
  }
  const facts = [
    run.userId,
    absolute(run.startedAt).slice(0, 10),
    run.endedAt !== undefined && duration(run.endedAt - run.startedAt),
  ];
  return (
    <Fact word={rt('fact.trainedBy')} note={facts.filter(Boolean).join(', ')}>
      <Link
        to="/p/$project/runs/$number/{-$tab}"
        params={{ project: run.project, number: String(run.number), tab: undefined }}
        className="truncate rounded-control text-accent hover:underline"
      >
        {run.projectName} {run.number}
      </Link>
    </Fact>
  );
}

function Serves({ version }: { readonly version: VersionDetail }) {
  const now = useNow(60_000);
  const running = version.deployments.filter(({ endedAt }) => endedAt === undefined);
  const [first] = running;
  if (!first) {
    const last = version.deployments.toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))[0];
    const note = last
      ? rt('fact.served', { environment: last.environment, at: absolute(last.endedAt ?? 0).slice(0, 10) })
      : rt('fact.servesHow');
    return (
      <Fact word={rt('fact.serves')} note={note}>
        <None>{rt('fact.nowhere')}</None>
      </Fact>
    );
  }
  return (
    <Fact
      word={rt('fact.serves')}
      note={[rt('fact.for', { age: age(first.startedAt, now) }), first.url].filter(Boolean).join(', ')}
      title={first.url}
    >
      <span className="truncate">{running.map(({ environment }) => environment).join(', ')}</span>
    </Fact>
  );
}
