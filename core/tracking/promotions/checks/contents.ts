// The checks that look at what a version carries: tags, evaluations, files, the age of its data.

import type { Check, CheckResult } from '#core/domain/gate.ts';
import { manifestOf, type GateContext, type GateNeeds } from '../gate-context.ts';
import { figuresOf } from '../../evaluations/figures.ts';

type Of<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

const DAY_MS = 86_400_000;

export function checkTags({ version }: GateContext, { tags }: Of<'tags'>): CheckResult {
  const missing = tags.filter(({ key, value }) => {
    const stored = version.tags.get(key);
    return stored === undefined || (value !== undefined && stored !== value);
  });
  const said = (list: Of<'tags'>['tags']): string =>
    list.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(', ');
  return missing.length === 0
    ? { kind: 'tags', isPassed: true, detail: said(tags) }
    : { kind: 'tags', isPassed: false, detail: `missing ${said(missing)}` };
}

/** An evaluation of the version itself: what its training run logged does not count. */
export async function checkEvaluation(
  ports: GateNeeds,
  { version }: GateContext,
  { metric, environment }: Of<'evaluation'>,
): Promise<CheckResult> {
  const [figures = []] = await figuresOf(ports, [version], () => true);
  const found = figures.find(
    (figure) =>
      figure.from !== 'training' &&
      (metric === undefined || figure.metric === metric) &&
      (environment === undefined || figure.environment === environment),
  );
  const where = environment === undefined ? '' : ` in ${environment}`;
  return found
    ? { kind: 'evaluation', isPassed: true, detail: `${found.metric} ${found.value} in ${found.environment}` }
    : { kind: 'evaluation', isPassed: false, detail: `no evaluation of ${metric ?? 'any metric'}${where}` };
}

export async function checkFile(
  ports: GateNeeds,
  { version }: GateContext,
  { path }: Of<'file'>,
): Promise<CheckResult> {
  const manifest = await manifestOf(ports, version);
  const found = manifest?.entries.find((entry) => fitsGlob(entry.path, path));
  return found
    ? { kind: 'file', isPassed: true, detail: found.path }
    : { kind: 'file', isPassed: false, detail: `no file ${path}` };
}

/** Whether a path fits a glob: `*` within a folder, `**` across folders. In time of the product of their lengths, whatever the glob. */
export function fitsGlob(path: string, glob: string): boolean {
  const parts = glob.match(/\*\*\/?|\*|[^*]/g) ?? [];
  // Where in the path what was read of the glob may end.
  let ends = new Set([0]);
  for (const part of parts) ends = endsAfter(path, part, ends);
  return ends.has(path.length);
}

function endsAfter(path: string, part: string, from: ReadonlySet<number>): Set<number> {
  const ends = new Set<number>();
  for (const at of from) {
    if (!part.startsWith('*')) {
      if (path[at] === part) ends.add(at + 1);
      continue;
    }
    const stop = part === '*' ? path.indexOf('/', at) : -1;
    const last = stop === -1 ? path.length : stop;
    // What starts before an end that is known already ends nowhere new.
    for (let end = at; end <= last && !ends.has(end); end += 1) ends.add(end);
  }
  return ends;
}

export async function checkData(
  ports: GateNeeds,
  { model, version }: GateContext,
  { days }: Of<'data-age'>,
): Promise<CheckResult> {
  const say = (isPassed: boolean, detail: string): CheckResult => ({ kind: 'data-age', isPassed, detail });
  const run = version.run && (await ports.catalog.run(version.run));
  if (!run || run.datasets.length === 0) return say(false, 'which data trained it was not captured');
  let oldest: { readonly name: string; readonly age: number } | undefined;
  for (const { dataset } of run.datasets) {
    const { name, digest } = dataset;
    const known = await ports.registry.artifactVersion({
      workspace: model.workspace,
      type: 'dataset',
      name,
      digest,
    });
    const age = (ports.clock.now() - (known?.createdAt ?? run.startedAt)) / DAY_MS;
    const told = known ? `${name}@v${known.number}` : name;
    if (!oldest || age > oldest.age) oldest = { name: told, age };
  }
  const age = oldest?.age ?? 0;
  return say(
    age <= days,
    `${oldest?.name ?? 'the data'} is ${age.toFixed(1)} days old, at most ${days} allowed`,
  );
}
