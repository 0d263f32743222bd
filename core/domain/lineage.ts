import type { DeploymentId, ModelId, RunId, WorkspaceId } from './ids.ts';
import type { VersionRef } from './registry.ts';

/** A thing that something came from, or that came from something. */
export type LineageNode =
  /** An artifact version: `type` is `dataset`, `table`, `checkpoint` …; name and digest name it in its workspace. */
  | {
      readonly kind: 'artifact';
      readonly workspace: WorkspaceId;
      readonly type: string;
      readonly name: string;
      readonly digest: string;
    }
  | { readonly kind: 'run'; readonly run: RunId }
  | { readonly kind: 'logged-model'; readonly model: ModelId }
  | ({ readonly kind: 'version' } & VersionRef)
  | { readonly kind: 'deployment'; readonly deployment: DeploymentId };

/**
 * `from` was used by, made, or became `to`: dataset → run (role: its context, `training` …), run → logged model
 * (`output`), logged model → run (`input`), run → artifact version and artifact version → run (as the run says), run → version and logged model → version (`registered`), version → run that evaluates it
 * (`evaluates`), version → deployment (`deployed`).
 */
export interface LineageEdge {
  readonly from: LineageNode;
  readonly to: LineageNode;
  readonly role: string;
  /** When it was first said, milliseconds UTC. */
  readonly at: number;
}

/** A stable text for a node, usable as a map key and a column value; `parseLineageKey` reads it. */
export function lineageKey(node: LineageNode): string {
  if (node.kind === 'artifact') {
    return `a:${JSON.stringify([node.workspace, node.type, node.name, node.digest])}`;
  }
  if (node.kind === 'run') return `r:${node.run}`;
  if (node.kind === 'logged-model') return `m:${node.model}`;
  return node.kind === 'version' ? `v:${node.model}/${node.number}` : `d:${node.deployment}`;
}

/** The node of a key that `lineageKey` made; undefined for any other text. */
export function parseLineageKey(key: string): LineageNode | undefined {
  const rest = key.slice(2);
  switch (key.slice(0, 2)) {
    case 'a:':
      return parseArtifact(rest);
    case 'r:':
      return { kind: 'run', run: rest as RunId };
    case 'm:':
      return { kind: 'logged-model', model: rest as ModelId };
    case 'v:': {
      const [model, number] = rest.split('/');
      return { kind: 'version', model: model as VersionRef['model'], number: Number(number) };
    }
    case 'd:':
      return { kind: 'deployment', deployment: rest as DeploymentId };
    default:
      return undefined;
  }
}

function parseArtifact(text: string): LineageNode | undefined {
  try {
    const [workspace, type, name, digest] = JSON.parse(text) as [WorkspaceId, string, string, string];
    return { kind: 'artifact', workspace, type, name, digest };
  } catch {
    return undefined;
  }
}
