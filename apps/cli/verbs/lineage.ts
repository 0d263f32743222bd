import { Command } from 'commander';
import type { LineageJson, LineageNodeJson } from '#core/contract/registry-schemas.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { parseModelRef } from '../model-ref.ts';
import { paint } from '../table.ts';
import { plain } from '../text.ts';

/** `cairn lineage MODEL@ALIAS`: what a version came from, and what came of it. */
export function lineageVerb(): Command {
  const verb = new Command('lineage')
    .description('what a model version came from: run, data, and where it went')
    .argument('<version>', 'such as churn@production or churn@14; or "run ID", "dataset sales@31"')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(showLineage);
}

async function showLineage(wanted: string, options: ServerOption & { json?: true }): Promise<void> {
  const { client } = connect(options);
  const graph = await client.getLineage({ query: { root: rootOf(wanted) } });
  if (options.json) {
    console.log(JSON.stringify(graph, null, 2));
    return;
  }
  const root = graph.nodes.find(({ key }) => key === graph.root);
  console.log(paint('bold', root ? titleOf(root) : wanted));
  console.log(['came from', ...branches(graph, 'up')].join('\n'));
  console.log(['led to', ...branches(graph, 'down')].join('\n'));
}

function rootOf(wanted: string): string {
  if (/^(run|dataset|version) /.test(wanted)) return wanted;
  const { model, version } = parseModelRef(wanted);
  return `version ${model}@${version.replace(/^@/, '')}`;
}

/** An indented line for each node in walking order; one that was shown already is not gone into again. */
function branches(graph: LineageJson, way: 'up' | 'down'): readonly string[] {
  const nodes = new Map(graph.nodes.map((node) => [node.key, node]));
  const seen = new Set<string>([graph.root]);
  const lines: string[] = [];
  const walk = (key: string, depth: number): void => {
    const next = graph.edges.filter((edge) => (way === 'up' ? edge.to : edge.from) === key);
    for (const edge of next) {
      const other = way === 'up' ? edge.from : edge.to;
      const node = nodes.get(other);
      if (!node) continue;
      const role = edge.role === '' ? '' : paint('dim', ` (${plain(edge.role)})`);
      lines.push(`${'  '.repeat(depth)}${titleOf(node)}${role}`);
      if (seen.has(other)) continue;
      seen.add(other);
      walk(other, depth + 1);
    }
  };
  walk(graph.root, 1);
  const root = nodes.get(graph.root);
  if (way === 'up' ? root?.moreUp : root?.moreDown) lines.push('  …');
  return lines.length === 0 ? ['  nothing that was recorded'] : lines;
}

function titleOf({ kind, title, subtitle }: LineageNodeJson): string {
  if (kind === 'hidden') return paint('dim', 'something you may not read');
  return `${plain(title)}${subtitle === '' ? '' : paint('dim', `  ${plain(subtitle)}`)}`;
}
