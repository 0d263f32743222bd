// Makes the fixture store of the schema that this program has: `node tests/upgrade/make-fixture.ts <name>`, once per
// release whose schema or segment format is new. A fixture that is there is never made again.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '#storage/embedded/embedded-store.ts';
import { AT } from '#storage/conformance/sample-changes.ts';
import { fillStore } from './fill-store.ts';
import { readStore } from './read-store.ts';

const KEPT = new Set(['cairn.db', 'cairn-store.json', 'blobs', 'expected.json']);
const STORE_ID = '00000000-0000-4000-8000-000000000001';

const [name] = process.argv.slice(2);
if (!name) throw new Error('Name the fixture after its schema, such as 0001-foundation.');
const directory = join(import.meta.dirname, 'fixtures', name);
if (existsSync(directory))
  throw new Error(`${directory} is there already; a released fixture never changes.`);
const open = () =>
  openSqliteStore({
    directory,
    now: () => AT,
    // Small heads, so that there are sealed and packed segments as well as a journal.
    series: { fullPoints: 1024 },
    onFatal: (error) => {
      throw error;
    },
  });
const made = await open();
await fillStore(made);
await made.close();
const reread = await open();
writeFileSync(join(directory, 'expected.json'), `${JSON.stringify(await readStore(reread), null, 1)}\n`);
await reread.close();
writeFileSync(join(directory, 'cairn-store.json'), `${JSON.stringify({ store: STORE_ID })}\n`);
for (const file of readdirSync(directory)) {
  if (!KEPT.has(file)) rmSync(join(directory, file), { recursive: true });
}
