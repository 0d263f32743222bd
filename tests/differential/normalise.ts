import type { RawAnswer } from '../clients/raw-request.ts';

/** An answer with everything taken out that two right servers need not share. */
export interface Normal {
  readonly status: number;
  /** MLflow's error code, or '' for a success. */
  readonly code: string;
  /** The words of a refusal: compared apart, because they are for people. */
  readonly message: string;
  /** Canonical text of the body of a success; '' for refusals. */
  readonly body: string;
}

/** Times of the server's own clock: what the corpus sends is small. */
const CLOCK_MS = 1_000_000_000_000;
/** Members in which the order means nothing. */
const SETS = new Set([
  'metrics',
  'params',
  'tags',
  'files',
  'datasets',
  'dataset_summaries',
  'aliases',
  'latest_versions',
]);
/** An answer of upstream's pages and downloads that is no JSON is compared by its status alone. */
const SHORT = 200;
const TEXT = /^(text\/plain|application\/octet-stream)/;

export function normalise(answer: RawAnswer, known: ReadonlyMap<string, string>): Normal {
  const { status, json } = answer;
  if (status >= 400) {
    const isError = typeof json === 'object' && json !== null && typeof json.error_code === 'string';
    return {
      status,
      code: isError ? json.error_code : '',
      message: isError ? String(json.message) : '',
      body: '',
    };
  }
  return { status, code: '', message: '', body: bodyOf(answer, known) };
}

function bodyOf({ json, text, headers }: RawAnswer, known: ReadonlyMap<string, string>): string {
  if (typeof json === 'object' && json !== null) return named(JSON.stringify(plain(json)), known);
  const isShort = text.length < SHORT && !text.includes('<');
  return isShort || TEXT.test(String(headers['content-type'])) ? named(text.trim(), known) : '';
}

/** What the server made up itself, by the name under which the corpus kept it. */
function named(text: string, known: ReadonlyMap<string, string>): string {
  let told = text;
  for (const [name, value] of known) if (value.length > 8) told = told.replaceAll(value, `<${name}>`);
  // Which number comes next depends on how many were created before, which the corpus compares already.
  if (/^\{"experiment_id":"\d+"\}$/.test(told)) return '<experiment>';
  return told.replaceAll(/"[0-9a-f]{32}"/g, '"<id>"').replaceAll(/[0-9a-f]{32}/g, '<id>');
}

function plain(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return value > CLOCK_MS && value < 3 * CLOCK_MS ? '<clock>' : value;
  if (typeof value === 'string') return key === 'next_page_token' ? '<token>' : respaced(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item));
    return SETS.has(key) ? items.toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b))) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name, item]) => !isOptional(name, item))
    .map(([name, item]) => [name, plain(item, name)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => compare(a, b)));
}

/** What 3.x servers say in some answers only: the one workspace they have, and lists that are empty. */
function isOptional(name: string, value: unknown): boolean {
  if (name === 'workspace') return value === 'default';
  return (name === 'inputs' || name === 'outputs') && JSON.stringify(value) === '{}';
}

/** JSON within a text, whatever its spaces and the order of its members. */
function respaced(text: string): string {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.stringify(plain(JSON.parse(text)));
  } catch {
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
