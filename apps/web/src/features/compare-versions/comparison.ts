import { fromMetricValue } from '#core/contract/numbers.ts';
import type { FigureJson, SignatureJson, VersionDetail } from '../../api/registry.ts';

// Two versions, row by row. Pure: texts come in as words where there are any, numbers stay numbers.

export type GroupName =
  | 'figures'
  | 'params'
  | 'metrics'
  | 'data'
  | 'code'
  | 'environment'
  | 'signature'
  | 'files'
  | 'tags';

export interface CompareRow {
  readonly key: string;
  /** Undefined where that version has none. */
  readonly a: string | undefined;
  readonly b: string | undefined;
  /** b − a, where both are numbers. */
  readonly by: number | undefined;
  /** Which way is better, where the row says so. */
  readonly better: 'min' | 'max' | undefined;
  /** Values as numbers, for decimals that line up. */
  readonly numbers: readonly [number, number] | undefined;
  readonly isSame: boolean;
}

export interface CompareGroup {
  readonly name: GroupName;
  readonly rows: readonly CompareRow[];
  readonly different: number;
}

/** Requirements of each version by package, where a file lists them. */
export interface Environments {
  readonly a: ReadonlyMap<string, string>;
  readonly b: ReadonlyMap<string, string>;
}

/** Groups in the order of reading; in each the rows that differ first. */
export function compareVersions(
  a: VersionDetail,
  b: VersionDetail,
  environments: Environments,
): CompareGroup[] {
  const groups: [GroupName, CompareRow[]][] = [
    ['figures', figureRows(a, b)],
    ['params', textRows(paramsOf(a), paramsOf(b))],
    ['metrics', metricRows(a, b)],
    ['data', textRows(dataOf(a), dataOf(b))],
    ['code', textRows(codeOf(a), codeOf(b))],
    ['environment', textRows(environments.a, environments.b)],
    ['signature', textRows(signatureOf(a.signature), signatureOf(b.signature))],
    ['files', textRows(filesOf(a), filesOf(b))],
    ['tags', textRows(tagsOf(a), tagsOf(b))],
  ];
  return groups
    .filter(([, rows]) => rows.length > 0)
    .map(([name, rows]) => ({
      name,
      rows: rows.toSorted((one, other) => Number(one.isSame) - Number(other.isSame)),
      different: rows.filter(({ isSame }) => !isSame).length,
    }));
}

function textRow(key: string, a: string | undefined, b: string | undefined): CompareRow {
  const by = differenceOf(a, b);
  return { key, a, b, by, better: undefined, numbers: undefined, isSame: a === b || by === 0 };
}

/** 1.0 and 1 are the same number; "" is none. */
function differenceOf(a: string | undefined, b: string | undefined): number | undefined {
  if (a === undefined || b === undefined || a.trim() === '' || b.trim() === '') return undefined;
  const by = Number(b) - Number(a);
  return Number.isFinite(by) ? Number(by.toPrecision(12)) : undefined;
}

type Texts = ReadonlyMap<string, string>;

function textRows(a: Texts, b: Texts): CompareRow[] {
  return [...new Set([...a.keys(), ...b.keys()])].map((key) => textRow(key, a.get(key), b.get(key)));
}

function numberRow(
  key: string,
  a: number | undefined,
  b: number | undefined,
  better: CompareRow['better'],
): CompareRow {
  const by = a !== undefined && b !== undefined ? b - a : undefined;
  return {
    key,
    a: a?.toString(),
    b: b?.toString(),
    by,
    better,
    numbers: [a ?? NaN, b ?? NaN],
    isSame: Object.is(a, b),
  };
}

/** Development and production side by side, by metric and place. */
function figureRows(a: VersionDetail, b: VersionDetail): CompareRow[] {
  const of = ({ dev, prod }: VersionDetail): Map<string, number> =>
    new Map(
      [dev, prod].filter((figure) => figure !== undefined).map((figure) => [figureKey(figure), figure.value]),
    );
  const [left, right] = [of(a), of(b)];
  const objective = b.objective ?? a.objective;
  return [...new Set([...left.keys(), ...right.keys()])].map((key) => {
    const better = objective && key.startsWith(`${objective.metric} `) ? objective.direction : undefined;
    return numberRow(key, left.get(key), right.get(key), better);
  });
}

function figureKey({ metric, environment }: FigureJson): string {
  return `${metric} ${environment}`;
}

function metricRows(a: VersionDetail, b: VersionDetail): CompareRow[] {
  const objective = b.objective ?? a.objective;
  const of = ({ origin }: VersionDetail): Map<string, number> =>
    new Map(
      origin.metrics.map((metric) => {
        const aggregate = objective?.metric === metric.key ? objective.aggregate : 'last';
        return [metric.key, fromMetricValue((metric[aggregate] ?? metric.last).value)];
      }),
    );
  const [left, right] = [of(a), of(b)];
  return [...new Set([...left.keys(), ...right.keys()])].map((key) =>
    numberRow(
      key,
      left.get(key),
      right.get(key),
      objective?.metric === key ? objective.direction : undefined,
    ),
  );
}

function paramsOf({ origin }: VersionDetail): Texts {
  return new Map(origin.params.map(({ key, text }) => [key, text]));
}

function dataOf({ data }: VersionDetail): Texts {
  return new Map(
    data.map(({ name, number, digest, role }) => [
      `${name} ${role}`.trim(),
      `v${number} ${digest.slice(0, 8)}`,
    ]),
  );
}

function codeOf({ origin, gitCommit }: VersionDetail): Texts {
  const { source, run } = origin;
  return present({
    commit: (source.gitCommit ?? gitCommit)?.slice(0, 12),
    branch: source.gitBranch,
    repository: source.gitRepository,
    command: source.command,
    script: source.name,
    entry: source.entryPoint,
    run: run && `${run.projectName} ${run.number}`,
  });
}

function present(texts: Readonly<Record<string, string | undefined>>): Texts {
  return new Map(Object.entries(texts).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function signatureOf(signature: SignatureJson | undefined): Texts {
  if (!signature) return new Map();
  const field =
    (kind: string) =>
    (each: SignatureJson['inputs'][number], i: number): [string, string] => [
      `${kind} ${each.name === '' ? i : each.name}`,
      [each.type, each.shape && `(${each.shape.join(', ')})`, each.isRequired ? '' : '?']
        .filter(Boolean)
        .join(' '),
    ];
  return new Map([
    ...signature.inputs.map(field('in')),
    ...signature.outputs.map(field('out')),
    ...signature.params.map((each): [string, string] => [
      `param ${each.name}`,
      `${each.type} = ${each.default}`,
    ]),
  ]);
}

function filesOf({ fileList }: VersionDetail): Texts {
  return new Map(fileList.map(({ path, digest }) => [path, digest.slice(0, 12)]));
}

function tagsOf({ tags }: VersionDetail): Texts {
  return new Map(tags.filter(({ key }) => !PATCH_TAGS.includes(key)).map(({ key, value }) => [key, value]));
}

/** Tags under which clients keep the uncommitted changes of a working copy. */
const PATCH_TAGS = ['mlflow.git.diff', 'mlflow.source.git.diff', 'cairn.git.patch'];

/** Changes that were not committed when it was trained, as a patch; undefined when the client did not send them. */
export function patchOf({
  tags,
  tagsOfModel,
}: Pick<VersionDetail, 'tags' | 'tagsOfModel'>): string | undefined {
  return [...tags, ...tagsOfModel].find(({ key }) => PATCH_TAGS.includes(key))?.value;
}

/** `xgboost==3.1.2` and `numpy>=2` of a requirements file: package → what is asked of its version. */
export function parseRequirements(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, rest = ''] =
      /^\s*([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)\s*((?:[=<>!~@].*)?)$/.exec(line.replace(/\s#.*$/, '')) ?? [];
    if (name === undefined) continue;
    found.set(name.toLowerCase().replaceAll('_', '-'), rest.trim().replace(/^==/, '') || '*');
  }
  return found;
}
