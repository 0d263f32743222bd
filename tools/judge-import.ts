import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { LAYERS, NAMED_ONLY, STRANGERS, type Layer } from './import-rules.ts';
import type { Import } from './read-imports.ts';

/** A layer as it applies to one file: `storage/*` with its star filled in. */
export interface Place extends Layer {
  readonly root: string;
}

/** A test, or what only tests use: a folder `testing/` inside a layer. Both import what they like; nobody else imports them. */
export const TEST = /\.test\.tsx?$|\/testing\//;

/** What is wrong with one import of a file that lies in `place`, with the rule and the way out; or undefined. */
export function judgeImport(file: string, place: Place, { specifier, isType }: Import): string | undefined {
  if (specifier === undefined) {
    return 'imports a computed name: what cannot be read cannot be checked; write each name out';
  }
  if (!/^[.#]/.test(specifier)) return judgePackage(place, specifier, isType);

  const isRelative = specifier.startsWith('.');
  const target = isRelative ? posix.join(posix.dirname(file), specifier) : specifier.slice(1);
  const strangers = [file, target].map((path) => strangerFolder(path));
  if (strangers[0] !== undefined && strangers[1] !== undefined && strangers[0] !== strangers[1]) {
    return `imports '${specifier}': ${strangers[0]} may not know ${strangers[1]}; move what both need out of them`;
  }
  if (TEST.test(target)) return `imports '${specifier}': only tests may; move what is needed out of it`;
  const targetPlace = placeOf(target);
  if (targetPlace?.root === place.root) return undefined;
  const isAllowed = isWithin(target, place.folders) && targetPlace !== undefined;
  if (!isAllowed) return `imports '${specifier}': ${allowedFolders(place)}; ${place.instead}`;
  // A layer inside another one, as ui/charts/react is, reaches up to it in the plain way.
  const isEnclosing = isWithin(place.root, [targetPlace.root]);
  if (isRelative && !isEnclosing) return `imports '${specifier}' from another layer; write '#${target}'`;
  return undefined;
}

function judgePackage(place: Place, specifier: string, isType: boolean): string | undefined {
  if (isBuiltin(specifier) && !specifier.startsWith('node:')) {
    return `imports '${specifier}'; write 'node:${specifier}'`;
  }
  const name = specifier.startsWith('node:') ? specifier : packageName(specifier);
  if (place.packages.some((pattern) => matchesPackage(pattern, name, isType))) return undefined;
  const allowed = place.packages.length === 0 ? 'no package' : `only ${place.packages.join(', ')}`;
  return `imports '${specifier}': ${place.root} may use ${allowed}; ${place.instead}`;
}

/** `zod/v4/core` → `zod`, `@fastify/static/x` → `@fastify/static`. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function matchesPackage(pattern: string, name: string, isType: boolean): boolean {
  if (pattern.startsWith('type ')) return isType && pattern.slice('type '.length) === name;
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1)) && !NAMED_ONLY.includes(name);
  return pattern === name;
}

function allowedFolders({ root, folders }: Place): string {
  return folders.length === 0
    ? `${root} may import nothing`
    : `${root} may import only ${folders.join(', ')}`;
}

export function isWithin(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => file.startsWith(`${folder}/`));
}

/** The layer of a file: of all that match, the one with the most segments, and a name before a star. */
export function placeOf(file: string): Place | undefined {
  return LAYERS.flatMap((layer) => {
    const root = fill(layer.folder, file);
    return root === undefined ? [] : [{ ...layer, root }];
  }).toSorted((a, b) => precision(b) - precision(a))[0];
}

function precision({ folder }: Layer): number {
  return folder.split('/').length * 2 - (folder.endsWith('*') ? 1 : 0);
}

function strangerFolder(file: string): string | undefined {
  return STRANGERS.map((pattern) => fill(pattern, file)).find((folder) => folder !== undefined);
}

/** `storage/*` and `storage/memory/runs.ts` → `storage/memory`; undefined if the file lies elsewhere. */
function fill(pattern: string, file: string): string | undefined {
  const wanted = pattern.split('/');
  const given = file.split('/').slice(0, -1);
  if (given.length < wanted.length) return undefined;
  const isMatch = wanted.every((segment, at) => segment === '*' || segment === given[at]);
  return isMatch ? given.slice(0, wanted.length).join('/') : undefined;
}
