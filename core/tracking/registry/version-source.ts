import { Fault } from '#core/domain/fault.ts';
import { decodedFully } from '#core/domain/file-tree.ts';
import { modelId, runId, type ModelId, type RunId } from '#core/domain/ids.ts';
import { versionAddress, type VersionAddress } from './version-address.ts';

// What the URI that a client registers says, before anything is looked up. Sources were MLflow's way to files of the server
// (CVE-2023-1177, -6977, CVE-2024-1558, -2928, -3573, CVE-2026-2614): a URI with a climbing or relative path, a NUL
// or without end of escapes is none, and one of a local path names nothing but what a run or a model has itself.

export type VersionSource =
  /** `models:/m-…` */
  | { readonly kind: 'logged model'; readonly model: ModelId }
  /** `models:/NAME/3`, `models:/NAME/Staging`, `models:/NAME@ALIAS` */
  | { readonly kind: 'version'; readonly name: string; readonly address: VersionAddress }
  /** `runs:/RUN/path` */
  | { readonly kind: 'run'; readonly run: RunId; readonly path: string }
  /** `mlflow-artifacts:/…`: files that this server keeps. */
  | { readonly kind: 'served' }
  /** A local path, or a URL of some server's artifact routes: within the files of the run or the model that is named beside it. */
  | { readonly kind: 'contained' }
  /** `s3://…`, `https://…`: this server never opens it. */
  | { readonly kind: 'elsewhere' };

const URI_LIMIT = 2048;
const PROXY = /\/api\/2\.0\/mlflow-artifacts\/artifacts(?:\/|$)/;

/** @throws Fault `invalid`. */
export function parseVersionSource(source: string): VersionSource {
  if (source.length > URI_LIMIT)
    throw invalidSource(source, `It exceeds the maximum length of ${URI_LIMIT} characters.`);
  const decoded = decodedFully(source);
  if (decoded === undefined || decoded.includes('\0') || decoded.split(/[/\\]/).includes('..'))
    throw relative(source);
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(source)?.[1]?.toLowerCase() ?? 'file';
  if (scheme === 'file') return { kind: 'contained' };
  // Names and paths may hold percent signs of their own: only what is refused is looked for behind the escapes.
  const rest = source.slice(scheme.length + 1);
  const authority = /^\/\/([^/]*)/.exec(rest)?.[1] ?? '';
  const path = rest.replace(/^\/\/[^/]*/, '');
  if (!path.startsWith('/') || decoded.split('/').includes('.')) throw relative(source);
  if (scheme === 'models' || scheme === 'runs' || scheme === 'mlflow-artifacts') {
    if (authority !== '') throw invalidSource(source, 'It names another server.');
    const below = path.replace(/^\/+|\/+$/g, '');
    if (scheme === 'models') return parseModels(source, below);
    return scheme === 'runs' ? parseRuns(source, below) : { kind: 'served' };
  }
  return { kind: /^https?$/.test(scheme) && PROXY.test(decoded) ? 'contained' : 'elsewhere' };
}

/** Whether a URI is at a root or below it, however either is escaped. `/a` and `file:///a` are the same place. */
export function isWithin(source: string, root: string): boolean {
  const below = decodedFully(plainPath(source));
  const above = decodedFully(plainPath(root));
  return below !== undefined && above !== undefined && above !== '' && `${below}/`.startsWith(`${above}/`);
}

export function invalidSource(source: string, why: string): Fault {
  return new Fault('invalid', `Invalid model version source: '${source.slice(0, 200)}'. ${why}`, {
    field: 'source',
  });
}

/** The words for a source that is not of the run or the model beside it. */
export function notContaining(source: string, id: 'run_id' | 'model_id'): Fault {
  return invalidSource(
    source,
    `The ${id} request parameter must identify the resource that contains the source.`,
  );
}

function plainPath(uri: string): string {
  return uri
    .replace(/^file:(?:\/\/(?:localhost)?(?=\/))?/i, '')
    .replace(/\/+$/, '')
    .replace(/([^:])\/{2,}/g, '$1/');
}

function parseModels(source: string, path: string): VersionSource {
  if (/^m-[0-9a-f]{32}$/.test(path)) return { kind: 'logged model', model: modelId(path) };
  const [, name, alias] = /^(.+)@([\w-]+)$/.exec(path) ?? [];
  if (name !== undefined && alias !== undefined) return { kind: 'version', name, address: { alias } };
  const slash = path.lastIndexOf('/');
  const last = path.slice(slash + 1);
  if (slash <= 0 || last === '') {
    throw invalidSource(
      source,
      'It is neither models:/<name>/<version or stage>, models:/<name>@<alias> nor models:/<model id>.',
    );
  }
  return { kind: 'version', name: path.slice(0, slash), address: versionAddress(last) };
}

function parseRuns(source: string, path: string): VersionSource {
  const [, run, below] = /^([0-9a-f]{32})(?:\/(.*))?$/.exec(path) ?? [];
  if (run === undefined) throw invalidSource(source, 'It is not of the form runs:/<run id>/<path>.');
  return { kind: 'run', run: runId(run), path: below ?? '' };
}

function relative(source: string): Fault {
  return invalidSource(
    source,
    'If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.',
  );
}
