import { post } from '../step.ts';

/** The registered model whose life the corpus tells. */
export const NAME = 'registry differential';
/** What one of the two servers refuses happens to this model, so that both know the same of the other one. */
export const STRANGE = 'registry strange';
export const PROMPT = 'mlflow.prompt.is_prompt';

/** A query about the one. */
export const at = (more: Record<string, string> = {}): string =>
  new URLSearchParams({ name: NAME, ...more }).toString();

export const version = (name: string, body: object) =>
  post(name, 'model-versions/create', { name: NAME, ...body });
export const strange = (name: string, body: object) =>
  post(name, 'model-versions/create', { name: STRANGE, ...body });
