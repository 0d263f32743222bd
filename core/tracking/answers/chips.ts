import type { InputDataset } from '#core/domain/dataset.ts';
import { CONTEXT_TAG } from '#core/domain/dataset.ts';
import type { ProjectId, RunId, WorkspaceId } from '#core/domain/ids.ts';
import type { Run } from '#core/domain/run.ts';
import type { Ports } from '../ports/ports.ts';
import type { Sight } from './sight.ts';

/** A run as a link says it. */
export interface RunChip {
  readonly id: RunId;
  readonly project: ProjectId;
  readonly projectName: string;
  readonly number: number;
  readonly name: string;
}

/** A dataset version as a chip says it. */
export interface DataChip {
  readonly name: string;
  readonly number: number;
  readonly digest: string;
  /** What the run used it for; empty when it did not say. */
  readonly role: string;
}

/** Undefined for one that may not be seen. */
export function runChip({ projects }: Sight, run: Run): RunChip | undefined {
  const project = projects.get(run.project);
  if (!project) return undefined;
  const { id, number, name } = run;
  return { id, project: project.id, projectName: project.name, number, name };
}

/** What a run used a dataset for. */
export function roleOf({ tags }: InputDataset): string {
  return tags.get(CONTEXT_TAG) ?? '';
}

/** Numbers of dataset versions, each looked up once per answer. */
export class DatasetNumbers {
  readonly #ports: Pick<Ports, 'registry'>;
  readonly #workspace: WorkspaceId;
  readonly #known = new Map<string, Promise<number | undefined>>();

  constructor(ports: Pick<Ports, 'registry'>, workspace: WorkspaceId) {
    this.#ports = ports;
    this.#workspace = workspace;
  }

  /** Undefined for one that no run used. */
  of(name: string, digest: string): Promise<number | undefined> {
    const key = JSON.stringify([name, digest]);
    const known = this.#known.get(key);
    if (known) return known;
    const ask = { workspace: this.#workspace, type: 'dataset', name, digest };
    const found = this.#ports.registry.artifactVersion(ask).then((version) => version?.number);
    this.#known.set(key, found);
    return found;
  }

  async chips(run: Pick<Run, 'datasets'>): Promise<readonly DataChip[]> {
    return Promise.all(
      run.datasets.map(async (input) => {
        const { name, digest } = input.dataset;
        return { name, digest, number: (await this.of(name, digest)) ?? 0, role: roleOf(input) };
      }),
    );
  }
}
