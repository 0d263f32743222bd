import type { Normal } from './normalise.ts';

export interface Difference {
  readonly step: string;
  readonly ours: Normal;
  readonly theirs: Normal;
}

/** Steps whose status, error code or body differ. Words of refusals are for people and compared by `differsInWords`. */
export function differences(
  ours: ReadonlyMap<string, Normal>,
  theirs: ReadonlyMap<string, Normal>,
): Difference[] {
  return [...ours].flatMap(([step, our]) => {
    const their = theirs.get(step);
    if (!their) throw new Error(`'${step}' was not sent to both servers.`);
    const isSame = our.status === their.status && our.code === their.code && our.body === their.body;
    return isSame ? [] : [{ step, ours: our, theirs: their }];
  });
}

/** Phrases of upstream's refusals that clients and their tests look for. */
const LOOKED_FOR = [
  'Missing value for required parameter',
  'Changing param values is not allowed',
  'Duplicate parameter keys have been submitted',
  "must be in the 'active' state",
  'already exists',
  'Multipart upload is not supported',
];

/** Steps refused alike by both whose words lack a phrase that clients look for. */
export function differsInWords(
  ours: ReadonlyMap<string, Normal>,
  theirs: ReadonlyMap<string, Normal>,
): string[] {
  return [...ours].flatMap(([step, our]) => {
    const their = theirs.get(step);
    if (!their || our.status !== their.status || our.code !== their.code) return [];
    const missing = LOOKED_FOR.filter(
      (phrase) => their.message.includes(phrase) && !our.message.includes(phrase),
    );
    return missing.map((phrase) => `${step}: '${phrase}' is missing in '${our.message}'`);
  });
}
