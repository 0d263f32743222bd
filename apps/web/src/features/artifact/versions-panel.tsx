import { Link } from '@tanstack/react-router';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { ArtifactName, ArtifactVersion } from '../../api/artifacts.ts';
import { Empty } from '../../parts/placeholders.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { count } from '../../text/numbers.ts';
import { absolute } from '../../text/times.ts';

/** Newest first: numbered in the order in which their content was first seen. The file that is open stays open. */
export function VersionsPanel({
  name: { name, type },
  versions,
  total,
  shown,
}: {
  readonly name: ArtifactName;
  readonly versions: readonly ArtifactVersion[];
  readonly total: number;
  readonly shown: number;
}) {
  return (
    <Section title={dt('versionsTitle')} note={count(total)}>
      <Panel className="max-h-96 overflow-y-auto">
        {versions.map(({ number, digest, createdAt }) => (
          <Link
            key={number}
            to="/artifacts/$type/$artifact/v/$number"
            params={{ type, artifact: name, number: String(number) }}
            search={({ file }) => ({ file })}
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
