import type { VersionDetail } from '../../api/registry.ts';

// Lines that load a version, ready to be pasted: by its number, which never changes, and by its alias, which follows.

export const LOADERS = ['mlflow', 'curl', 'cairn'] as const;
export type Loader = (typeof LOADERS)[number];

type Loaded = Pick<VersionDetail, 'number' | 'aliases' | 'fileList'> & {
  readonly model: { readonly name: string };
};

/** Stands where a key belongs that only its owner has. */
const KEY = 'cairn-…';

export interface Reached {
  /** Under which this browser reached the server. */
  readonly address: string;
  readonly workspace: string;
  /** Whether the server asks who one is. */
  readonly needsKey: boolean;
}

export function loadLines(
  loader: Loader,
  version: Loaded,
  { address, workspace, needsKey }: Reached,
): string {
  const { name } = version.model;
  const isDefault = workspace === 'default';
  const inWorkspace = isDefault ? '' : `workspace=${workspace}`;
  const [alias] = version.aliases;
  if (loader === 'mlflow') {
    const key = needsKey ? `\nexport MLFLOW_TRACKING_TOKEN=${KEY}` : '';
    const byAlias =
      alias === undefined
        ? ''
        : `\n# or whichever version has the alias at the time
model = mlflow.pyfunc.load_model(${python(`models:/${name}@${alias}`)})`;
    return `export MLFLOW_TRACKING_URI=${address}${isDefault ? '' : `/w/${workspace}`}${key}

import mlflow

model = mlflow.pyfunc.load_model(${python(`models:/${name}/${version.number}`)})${byAlias}
model.predict(data)`;
  }
  if (loader === 'curl') {
    const path =
      version.fileList.find((each) => each.path === 'MLmodel')?.path ??
      version.fileList[0]?.path ??
      'MLmodel';
    const auth = needsKey ? ` -H 'authorization: Bearer ${KEY}'` : '';
    const at = `${address}/api/registry/${segment(name)}/versions`;
    const byAlias =
      alias === undefined ? '' : `\ncurl${auth} '${at}/@${alias}${isDefault ? '' : `?${inWorkspace}`}'`;
    return `# what it came from, as JSON
curl${auth} '${at}/${version.number}${isDefault ? '' : `?${inWorkspace}`}'${byAlias}

# a file of the sealed version
curl${auth} -o ${shell(path.split('/').at(-1) ?? path)} \\
  '${at}/${version.number}/file?path=${segment(path)}${isDefault ? '' : `&${inWorkspace}`}'`;
  }
  const wanted = shell(`${name}@${alias ?? version.number}`);
  const first = isDefault ? '' : `export CAIRN_WORKSPACE=${workspace}\n`;
  return `${first}cairn models ${shell(name)}
cairn lineage ${wanted}
cairn performance ${shell(name)}
cairn evaluate ${wanted} val/auc=0.91 --environment production`;
}

function python(text: string): string {
  return JSON.stringify(text);
}

/** Of an address that stands in single quotes. */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27');
}

function shell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
