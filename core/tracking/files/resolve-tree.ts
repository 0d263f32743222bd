import { treeFolder, type TreeOwner } from '#core/domain/file-tree.ts';
import { modelId, runId, type ProjectId } from '#core/domain/ids.ts';
import type { Ports } from '../ports/ports.ts';
import { pathOfUri } from './artifact-uri.ts';

/** Where a server-relative artifact path leads. */
export interface TreePlace {
  readonly owner: TreeOwner;
  /** Path below the owner's root; '' is the root. */
  readonly path: string;
  /** The project to ask about permissions; absent for loose paths. */
  readonly project?: ProjectId;
}

/**
 * Resolves `0/<run id>/artifacts/model/MLmodel` to the run's tree by the longest artifact URI that is a prefix of it,
 * a logged model's likewise; anything else is a loose path.
 * @throws Fault `invalid` "Invalid path".
 */
export async function resolveTree(ports: Pick<Ports, 'catalog'>, serverPath: string): Promise<TreePlace> {
  const path = treeFolder(serverPath);
  const segments = path.split('/');
  for (let at = segments.length - 1; at > 0; at -= 1) {
    if (segments[at] !== 'artifacts') continue;
    const prefix = segments.slice(0, at + 1).join('/');
    const below = segments.slice(at + 1).join('/');
    const place = await ownerOf(ports, segments[at - 1] as string, prefix);
    if (place) return { ...place, path: below };
  }
  return { owner: { kind: 'loose' }, path };
}

async function ownerOf(
  ports: Pick<Ports, 'catalog'>,
  id: string,
  prefix: string,
): Promise<Pick<TreePlace, 'owner' | 'project'> | undefined> {
  if (/^[0-9a-f]{32}$/.test(id)) {
    const run = await ports.catalog.run(runId(id));
    if (run && pathOfUri(run.artifactUri) === prefix) {
      return { owner: { kind: 'run', run: run.id }, project: run.project };
    }
  }
  if (/^m-[0-9a-f]{32}$/.test(id)) {
    const model = await ports.catalog.model(modelId(id));
    if (model && pathOfUri(model.artifactUri) === prefix) {
      return { owner: { kind: 'model', model: model.id }, project: model.project };
    }
  }
  return undefined;
}
