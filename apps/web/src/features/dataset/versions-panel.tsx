import { Link } from '@tanstack/react-router';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { DatasetVersion } from '../../api/datasets.ts';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';
import { absolute } from '../../text/times.ts';

/** All versions, newest first: numbered in the order in which they were first seen. */
export function VersionsPanel({
  dataset,
  versions,
  shown,
}: {
  readonly dataset: string;
  readonly versions: readonly DatasetVersion[];
  readonly shown: number;
}) {
  return (
    <Section title={dt('versionsTitle')} note={count(versions.length)}>
      <Panel className="max-h-96 overflow-y-auto">
        {versions.map(({ number, digest, createdAt, createdBy }) => (
          <Link
            key={number}
            to="/d/$dataset/v/$number"
            params={{ dataset, number: String(number) }}
            {...(number === shown && { 'aria-current': 'page' as const })}
            className="grid min-h-8 grid-cols-[48px_minmax(0,1fr)_auto] items-center gap-3 border-t border-line px-3 text-12 first:border-t-0 hover:bg-hover aria-[current=page]:bg-selected"
          >
            <span className="font-semibold text-accent">v{number}</span>
            <code className="truncate text-ink-2">{digest}</code>
            <span className="text-ink-3" title={createdBy.name}>
              {absolute(createdAt)}
            </span>
          </Link>
        ))}
      </Panel>
    </Section>
  );
}
