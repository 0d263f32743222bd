import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RunJson } from '#core/contract/schemas.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { lineageQuery, type LineageJson, type LineageNodeJson } from '../../../api/registry.ts';
import { t } from '../../../text/translate.ts';

interface Beside {
  readonly node: LineageNodeJson;
  readonly role: string;
}

/** Artifact and model versions that came of the run, and the artifact versions that it used; nothing without any. */
export function LineagePanels({ run }: { readonly run: RunJson }) {
  const { data: graph } = useQuery(lineageQuery(`run ${run.id}`, 1, 1));
  if (!graph) return null;
  const described = new Set(run.datasets.map(({ name }) => name));
  const used = besides(graph, 'up').filter(({ node }) => !described.has(node.title.replace(/@v\d+$/, '')));
  return (
    <>
      <Things title={t('run.made')} things={besides(graph, 'down')} />
      <Things title={t('run.used')} things={used} />
    </>
  );
}

function Things({ title, things }: { readonly title: string; readonly things: readonly Beside[] }) {
  if (things.length === 0) return null;
  return (
    <Section title={title} note={things.length}>
      <Panel className="overflow-hidden">
        {things.map(({ node, role }) => (
          <Link
            key={`${node.key} ${role}`}
            to={node.href ?? '.'}
            className="tb-row [--cols-gap:12px] [--cols:minmax(0,1fr)_auto_auto]"
          >
            <span className="truncate font-medium">{node.title}</span>
            <span className="truncate text-ink-3">{node.subtitle}</span>
            <span className="text-ink-3">{role}</span>
          </Link>
        ))}
      </Panel>
    </Section>
  );
}

/** What is one step from the root and has a page; of one thing in several roles one line. */
function besides({ edges, nodes, root }: LineageJson, way: 'up' | 'down'): Beside[] {
  const roles = new Map<string, string[]>();
  for (const { from, role, to } of edges) {
    const [here, there] = way === 'up' ? [to, from] : [from, to];
    if (here === root) roles.set(there, [...(roles.get(there) ?? []), role].filter(Boolean));
  }
  return nodes.flatMap((node): Beside[] => {
    const its = roles.get(node.key);
    return its && node.href !== undefined && /^(artifact|version)$/.test(node.kind)
      ? [{ node, role: its.join(', ') }]
      : [];
  });
}
