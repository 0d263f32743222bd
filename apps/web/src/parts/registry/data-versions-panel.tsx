import { Link, type LinkProps } from '@tanstack/react-router';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';
import { absolute } from '../../text/times.ts';
import { Empty } from '../placeholders.tsx';

/** Newest first: numbered in the order in which their content was first seen. */
export function DataVersionsPanel({
  versions,
  total,
  shown,
  linkTo,
}: {
  readonly versions: readonly {
    readonly number: number;
    readonly digest: string;
    readonly createdAt: number;
  }[];
  readonly total: number;
  readonly shown: number;
  readonly linkTo: (number: string) => Pick<LinkProps, 'to' | 'params' | 'search'>;
}) {
  return (
    <Section title={dt('versionsTitle')} note={count(total)}>
      <Panel className="max-h-96 overflow-y-auto">
        {versions.map(({ number, digest, createdAt }) => (
          <Link
            key={number}
            {...linkTo(String(number))}
            {...(number === shown && { 'aria-current': 'page' as const })}
            className="grid min-h-8 grid-cols-[48px_minmax(0,1fr)_auto] items-center gap-3 border-t border-line px-3 text-12 first:border-t-0 hover:bg-hover aria-[current=page]:bg-selected"
          >
            <span className="font-semibold text-accent">v{number}</span>
            <code className="truncate text-ink-2">{digest}</code>
            <span className="text-ink-3">{absolute(createdAt)}</span>
          </Link>
        ))}
        {total > versions.length && <Empty>{dt('older', { count: total - versions.length })}</Empty>}
      </Panel>
    </Section>
  );
}
