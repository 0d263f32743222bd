import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { neighbourVersions, type LineageNeighbour } from '#core/contract/lineage-neighbours.ts';
import type { RunJson } from '#core/contract/schemas.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { lineageQuery } from '../../../api/registry.ts';
import { t } from '../../../text/translate.ts';

const ROW = 'tb-row [--cols-gap:12px] [--cols:minmax(0,1fr)_auto_auto]';

/** Artifact and model versions that came of the run, and the artifact versions that it used; nothing without any. */
export function LineagePanels({ run }: { readonly run: RunJson }) {
  const { data: graph } = useQuery(lineageQuery(`run ${run.id}`, 1, 1));
  if (!graph) return null;
  const described = new Set(run.datasets.map(({ name }) => name));
  const used = neighbourVersions(graph, 'up').filter(
    ({ node }) => !described.has(node.title.replace(/@v\d+$/, '')),
  );
  return (
    <>
      <Things title={t('run.made')} things={neighbourVersions(graph, 'down')} />
      <Things title={t('run.used')} things={used} />
    </>
  );
}

function Things({ title, things }: { readonly title: string; readonly things: readonly LineageNeighbour[] }) {
  if (things.length === 0) return null;
  return (
    <Section title={title} note={things.length}>
      <Panel className="overflow-hidden">
        {things.map(({ node: { href, key, subtitle, title: name }, role }) => {
          const cells = (
            <>
              <span className="truncate font-medium">{name}</span>
              <span className="truncate text-ink-3">{subtitle}</span>
              <span className="text-ink-3">{role}</span>
            </>
          );
          return href === undefined ? (
            <div key={key} className={ROW}>
              {cells}
            </div>
          ) : (
            <Link key={key} to={href} className={ROW}>
              {cells}
            </Link>
          );
        })}
      </Panel>
    </Section>
  );
}
