import { Fault } from './fault.ts';
import { assertText } from './names.ts';

/** A dataset that a client described without storing its bytes. Name and digest together name it. */
export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  /** JSON texts as the client sent them; absent when it sent none. */
  readonly schema?: string;
  readonly profile?: string;
}

/** A dataset as an input of one run, with the tags of that edge (`mlflow.data.context` = training …). */
export interface InputDataset {
  readonly dataset: Dataset;
  readonly tags: ReadonlyMap<string, string>;
}

export const CONTEXT_TAG = 'mlflow.data.context';

/** MLflow's limits, in UTF-16 code units. */
const LIMITS: Readonly<Record<keyof Dataset, number>> = {
  name: 500,
  digest: 36,
  sourceType: 255,
  source: 65_535,
  schema: 1_048_575,
  profile: 16_777_215,
};
const TAG_LIMITS = { key: 255, value: 500 } as const;

/** @throws Fault `invalid` when a part or a tag is missing, too long or no text that can be kept. */
export function assertInputDataset({ dataset, tags }: InputDataset): void {
  assertDataset(dataset);
  for (const [key, value] of tags) {
    assertText('Dataset tag key', key, TAG_LIMITS.key);
    assertText('Dataset tag value', value, TAG_LIMITS.value);
  }
}

function assertDataset(dataset: Dataset): void {
  for (const part of ['name', 'digest'] as const) {
    if (dataset[part] === '') throw new Fault('invalid', `Dataset ${part} cannot be empty.`, { field: part });
  }
  for (const [part, limit] of Object.entries(LIMITS) as [keyof Dataset, number][]) {
    assertText(`Dataset ${part}`, dataset[part] ?? '', limit);
  }
}
