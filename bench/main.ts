import { arch, cpus, loadavg, totalmem } from 'node:os';
import { chart } from './chart.ts';
import { measureFsync } from './fsync.ts';
import { guard } from './guard.ts';
import { ingest } from './ingest.ts';
import { ingestPostgres } from './ingest-postgres.ts';
import { manyClients } from './many-clients.ts';
import { registry } from './registry.ts';
import { printTable, type Figure } from './report.ts';
import { search } from './search.ts';
import { searchColumns } from './search-columns.ts';
import { startup } from './startup.ts';

// `npm run bench` measures everything, `npm run bench -- ingest` one of it. Each figure is a median of three or
// more and stands beside the machine, its load and the fsync time before it: on another disk these figures are others.

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  startup,
  ingest,
  'ingest-postgres': ingestPostgres,
  'many-clients': manyClients,
  guard,
  chart,
  registry,
  search,
  'search-columns': searchColumns,
};

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  arch: arch(),
  memoryGib: Math.round(totalmem() / 2 ** 30),
  node: process.version,
};
const figures: Figure[] = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) {
  const conditions = { machine, fsyncP50Ms: measureFsync(), loadAverage: loadavg()[0] };
  for (const figure of (await BENCHES[name]?.()) ?? []) {
    figures.push(figure);
    console.log(JSON.stringify({ ...figure, ...conditions }));
  }
}
printTable(figures);
