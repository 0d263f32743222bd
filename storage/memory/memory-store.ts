import { SYSTEM } from '#core/domain/actor.ts';
import { DEFAULT_PROJECT, DEFAULT_WORKSPACE } from '#core/domain/ids.ts';
import { UNCHANGED_DEFAULT } from '#core/domain/workspace.ts';
import type { Store } from '#core/tracking/ports/ports.ts';
import { RecentCommits } from '#storage/sql/recent-commits.ts';
import { MemoryBlobs } from './memory-blobs.ts';
import { MemoryCatalog } from './memory-catalog.ts';
import { MemoryIdentity } from './memory-identity.ts';
import { MemoryRegistry } from './memory-registry.ts';
import { MemorySeries } from './memory-series.ts';
import { MemoryUploads } from './memory-uploads.ts';
import { MemoryWriter } from './memory-writer.ts';
import { State } from './state.ts';

export interface MemoryStoreOptions {
  /** When the default project is said to have been created, milliseconds UTC. */
  readonly createdAt?: number;
  /** Where the default project's files are addressed. */
  readonly artifactLocation?: string;
  /** How many commits `feed.since` can look back. */
  readonly keptCommits?: number;
}

/** A store that forgets everything when the process ends: the reference model of all ports. */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const { createdAt = Date.now(), artifactLocation = 'mlflow-artifacts:/0', keptCommits } = options;
  const state = new State();
  const feed = new RecentCommits(0, keptCommits);
  state.workspaces.set(DEFAULT_WORKSPACE, UNCHANGED_DEFAULT);
  state.projects.set(DEFAULT_PROJECT, {
    id: DEFAULT_PROJECT,
    workspace: DEFAULT_WORKSPACE,
    name: 'Default',
    artifactLocation,
    createdAt,
    updatedAt: createdAt,
    createdBy: SYSTEM,
    tags: new Map(),
    objectives: [],
  });
  return {
    writer: new MemoryWriter(state, feed),
    feed,
    catalog: new MemoryCatalog(state),
    identity: new MemoryIdentity(state),
    registry: new MemoryRegistry(state),
    series: new MemorySeries(state),
    blobs: new MemoryBlobs(),
    uploads: new MemoryUploads(),
    close: async () => undefined,
  };
}
