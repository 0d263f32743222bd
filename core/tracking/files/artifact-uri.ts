import { Fault } from '#core/domain/fault.ts';
import { treePath } from '#core/domain/file-tree.ts';
import type { ModelId, RunId } from '#core/domain/ids.ts';

// Files are addressed by URI on every wire. The scheme is the one that existing clients resolve against their server:
// `mlflow-artifacts:/<path>` is the file tree path <path> of whoever serves the run.

const SCHEME = 'mlflow-artifacts:';
const URI_LIMIT = 2048;

export function defaultArtifactLocation(project: string): string {
  return `${SCHEME}/${project}`;
}

export function runArtifactUri(location: string, run: RunId): string {
  return `${location}/${run}/artifacts`;
}

export function modelArtifactUri(location: string, model: ModelId): string {
  return `${location}/models/${model}/artifacts`;
}

/** The path that a URI of ours names on this server, or undefined for any other URI (s3://… is the client's business). */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith(`${SCHEME}/`)) return undefined;
  return uri
    .slice(SCHEME.length)
    .replace(/^\/\/[^/]*/, '')
    .replace(/^\/+/, '');
}

/**
 * A location that a user chose for a project's files: no fragment, parameters, climbing or local path
 * (CVE-2024-1483, CVE-2024-1593, CVE-2024-3573).
 * @throws Fault `invalid`.
 */
export function assertArtifactLocation(location: string): void {
  const refuse = (why: string): never => {
    throw new Fault('invalid', `Invalid artifact location: ${why}.`, { field: 'artifact_location' });
  };
  if (location.length > URI_LIMIT) refuse(`it exceeds the maximum length of ${URI_LIMIT} characters`);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(location)?.[1]?.toLowerCase();
  if (!scheme) refuse('it needs a scheme such as s3:// or mlflow-artifacts:/');
  if (scheme === 'file' || scheme === 'runs' || scheme === 'models')
    refuse(`the scheme ${scheme}: is not allowed`);
  if (/[#;?]/.test(location)) refuse('it may not hold a fragment, parameters or a query');
  const rest = location
    .slice((scheme ?? '').length + 1)
    .replace(/^\/+/, '')
    .replace(/\/+$/, '');
  try {
    if (rest !== '') treePath(rest);
  } catch {
    refuse('it is not a plain path');
  }
}
