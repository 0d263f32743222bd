import { artifacts } from './corpus/artifacts.ts';
import { encodings } from './corpus/encodings.ts';
import { experiments } from './corpus/experiments.ts';
import { inputsAndModels } from './corpus/inputs-and-models.ts';
import { logging } from './corpus/logging.ts';
import { modelVersions } from './corpus/model-versions.ts';
import { registeredModels } from './corpus/registered-models.ts';
import { registrySearches } from './corpus/registry-searches.ts';
import { runs } from './corpus/runs.ts';
import { searching } from './corpus/searching.ts';
import type { Step } from './step.ts';

const NOUNS = {
  experiments,
  runs,
  logging,
  inputsAndModels,
  searching,
  artifacts,
  encodings,
  registeredModels,
  modelVersions,
  registrySearches,
};

/** All of it, in the order in which it is sent: later parts use what earlier ones made. */
export const CORPUS: readonly Step[] = Object.entries(NOUNS).flatMap(([noun, steps]) =>
  steps.map((step) => ({ ...step, name: `${noun}: ${step.name}` })),
);
