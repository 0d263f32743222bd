import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import type { Client } from '#core/contract/client.ts';
import { PRODUCED_TYPES, type ProducedType } from '#core/domain/artifact.ts';
import { treePath } from '#core/domain/file-tree.ts';
import { hashFile } from '#storage/care/durable-file.ts';
import { parseArtifactRef, type ArtifactRef } from '../artifact-ref.ts';
import { connect, withWorkspace, type Connection, type ServerOption } from '../connection.ts';
import { formatDuration } from '../describe-run.ts';
import { Complaint } from '../explain.ts';
import { paint, pairTable, table } from '../table.ts';
import { formatBytes } from '../store-option.ts';
import { plain } from '../text.ts';

interface ArtifactsOptions extends ServerOption {
  readonly type?: ProducedType;
  readonly out?: string;
  readonly json?: true;
}

type Detail = Awaited<ReturnType<Client['getArtifactVersion']>>;
type Row = Awaited<ReturnType<Client['listArtifacts']>>['artifacts'][number];
type Version = Row['latest'];

const MOST_NAMES = 10_000;
const MOST_VERSIONS = 1000;

/** `cairn artifacts`: tables, checkpoints and datasets that runs made; with a name, its versions; with a version, what it holds. */
export function artifactsVerb(): Command {
  const verb = new Command('artifacts')
    .description('list tables, checkpoints and datasets, the versions of one, or what a version holds')
    .argument('[artifact]', 'such as table/errors, or table/errors@v3 for one version')
    .addOption(new Option('--type <type>', 'only of this type').choices(PRODUCED_TYPES))
    .option('--out <folder>', 'write the files of the version there; of the newest one without @v3')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(artifacts);
}

async function artifacts(wanted: string | undefined, options: ArtifactsOptions): Promise<void> {
  const connection = connect(options);
  const { client } = connection;
  if (wanted === undefined) {
    if (options.out !== undefined)
      throw new Complaint('Say which one: cairn artifacts table/errors@v3 --out .');
    return listAll(client, options);
  }
  const ref = parseArtifactRef(wanted);
  const number = ref.number ?? (options.out === undefined ? undefined : await newest(client, ref));
  if (number === undefined) return listVersions(client, ref, options);
  const params = { ...ref, number };
  const detail = await client.getArtifactVersion({ params });
  if (options.out !== undefined) await download(connection, detail, options.out);
  if (options.json) console.log(JSON.stringify(detail, null, 2));
  else console.log(describe(detail));
}

async function listAll(client: Client, { json, type }: ArtifactsOptions): Promise<void> {
  const types = type === undefined ? PRODUCED_TYPES : [type];
  const rows: Row[] = [];
  for (const one of types) {
    const ask = { params: { type: one }, query: { limit: MOST_NAMES } };
    rows.push(...(await client.listArtifacts(ask)).artifacts);
  }
  if (json) console.log(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) console.log('No artifacts yet. A run makes one: cairn run produce RUN FOLDER.');
  else console.log(artifactTable(rows));
}

function artifactTable(rows: readonly Row[], now = Date.now()): string {
  return table(rows, [
    { head: 'ARTIFACT', cell: ({ latest }) => `${latest.type}/${latest.name}`, shrinkTo: 20 },
    { head: 'VERSIONS', cell: ({ versions }) => String(versions), align: 'right' },
    { head: 'NEWEST', cell: ({ latest }) => `v${latest.number}` },
    { head: 'DIGEST', cell: ({ latest }) => latest.digest.slice(0, 12) },
    { head: 'AGE', cell: ({ latest }) => formatDuration(now - latest.createdAt), align: 'right' },
  ]);
}

async function listVersions(client: Client, ref: ArtifactRef, { json }: ArtifactsOptions): Promise<void> {
  const ask = { params: ref, query: { limit: MOST_VERSIONS } };
  const { versions, total } = await client.listArtifactVersions(ask);
  if (json) {
    console.log(JSON.stringify(versions, null, 2));
    return;
  }
  console.log(versionTable(versions));
  if (total > versions.length) console.log(`… and ${total - versions.length} older ones`);
}

function versionTable(versions: readonly Version[], now = Date.now()): string {
  return table(versions, [
    { head: 'VERSION', cell: ({ number }) => `v${number}` },
    { head: 'DIGEST', cell: ({ digest }) => digest.slice(0, 12) },
    { head: 'BYTES', cell: ({ manifest }) => (manifest === undefined ? 'elsewhere' : 'here') },
    { head: 'AGE', cell: ({ createdAt }) => formatDuration(now - createdAt), align: 'right' },
  ]);
}

async function newest(client: Client, params: ArtifactRef): Promise<number | undefined> {
  return (await client.listArtifactVersions({ params, query: { limit: 1 } })).versions[0]?.number;
}

/** Files as they were sealed; one that is cut off or is not what its digest says leaves nothing under its name. */
async function download(connection: Connection, detail: Detail, out: string): Promise<void> {
  const { name, number, type } = detail.version;
  if (!detail.content) {
    throw new Complaint(`The bytes of ${type}/${name}@v${number} are not here, or not yours to read.`);
  }
  const params = { type, name, number };
  const { files } = detail.content;
  let { fileList } = detail.content;
  for (let written = 0; ;) {
    for (const file of fileList) await fetchFile(connection, { ...file, params, out });
    written += fileList.length;
    const after = fileList.at(-1)?.path;
    if (after === undefined || written === files) return;
    const { content } = await connection.client.getArtifactVersion({ params, query: { after } });
    fileList = content?.fileList ?? [];
  }
}

async function fetchFile(
  { open }: Connection,
  ask: {
    readonly path: string;
    readonly digest: string;
    readonly out: string;
    readonly params: Pick<Version, 'type' | 'name' | 'number'>;
  },
): Promise<void> {
  const { digest, out, params, path } = ask;
  // Never out of the folder, whatever a server says.
  const target = join(out, treePath(path));
  const partial = `${target}.${randomUUID()}.partial`;
  const bytes = await open('getArtifactFile', { params, query: { path } });
  try {
    await mkdir(dirname(target), { recursive: true });
    await pipeline(bytes, createWriteStream(partial));
    if ((await hashFile(partial)) !== digest)
      throw new Complaint(`${path} arrived otherwise than it was sealed.`);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error instanceof Error && 'syscall' in error
      ? new Complaint(`${target} cannot be written: ${error.message}.`)
      : error;
  }
  console.error(plain(`wrote ${target}`));
}

function describe({ content, isMore, madeBy, usedBy, version }: Detail): string {
  const { digest, name, number, type } = version;
  const files = content?.fileList.map(({ path, sizeBytes }) => [path, formatBytes(sizeBytes)]) ?? [];
  const parts = [
    `${paint('bold', plain(`${type}/${name}@v${number}`))}  sha256 ${digest}`,
    pairTable('MADE BY', madeBy.map(runLine)),
    pairTable('USED BY', usedBy.map(runLine)),
    content ? pairTable('FILE', files) : 'Its bytes are not here, or not yours to read.',
    content && content.files > files.length ? `… and ${content.files - files.length} more files` : '',
    isMore ? 'More runs made or used it than are shown.' : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function runLine({ number, projectName, name, role }: Detail['madeBy'][number]): string[] {
  return [`${projectName}/${number}`, role === '' ? name : `${name} (${role})`];
}
