// Reads the file `MLmodel` that MLflow flavours write beside a model's weights: signature, flavours, input example.
// Format: mlflow.models.Model (YAML); the signature's columns are JSON texts inside it. What cannot be read is left out.

import { parse } from 'yaml';
import type { Manifest } from '#core/domain/manifest.ts';
import type { Ports } from '../ports/ports.ts';

export interface SignatureField {
  /** Of an unnamed tensor or column its position: `0`, `1` … */
  readonly name: string;
  /** `double`, `string`, `tensor float32`, `array(long)` … */
  readonly type: string;
  readonly isRequired: boolean;
  /** Of a tensor; −1 is any length. */
  readonly shape?: readonly number[];
}

export interface Signature {
  readonly inputs: readonly SignatureField[];
  readonly outputs: readonly SignatureField[];
  readonly params: readonly { readonly name: string; readonly type: string; readonly default: string }[];
}

export interface Mlmodel {
  readonly signature?: Signature;
  /** `python_function`, `sklearn` …, by name. */
  readonly flavours: readonly string[];
  /** Path of the input example, relative to the model's folder. */
  readonly inputExample?: string;
}

const SIZE_LIMIT = 1_048_576;
const NAME = 'MLmodel';

/** What a sealed version's `MLmodel` says; undefined when there is none, or it is broken or larger than 1 MiB. */
export async function readMlmodel(
  ports: Pick<Ports, 'blobs'>,
  manifest: Manifest | undefined,
): Promise<Mlmodel | undefined> {
  const entry = manifest?.entries.find(({ path }) => path === NAME);
  if (!entry || entry.sizeBytes > SIZE_LIMIT) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of await ports.blobs.get(entry.digest)) parts.push(part);
  return parseMlmodel(textOf(parts));
}

/** Undefined for a text that is no YAML mapping. */
export function parseMlmodel(text: string): Mlmodel | undefined {
  const file = mapping(parsed(() => parse(text, { maxAliasCount: 0 })));
  if (!file) return undefined;
  const signature = mapping(file['signature']);
  const example = mapping(file['saved_input_example_info'])?.['artifact_path'];
  return {
    flavours: Object.keys(mapping(file['flavors']) ?? {}).toSorted(),
    ...(typeof example === 'string' && { inputExample: example }),
    ...(signature && {
      signature: {
        inputs: schemaFields(signature['inputs']),
        outputs: schemaFields(signature['outputs']),
        params: params(signature['params']),
      },
    }),
  };
}

/** Columns and tensors of a schema as MLflow writes it: a list, or a JSON text of one. */
export function schemaFields(value: unknown): readonly SignatureField[] {
  return listed(value).map((column, at): SignatureField => {
    const name = typeof column['name'] === 'string' ? column['name'] : String(at);
    const tensor = mapping(column['tensor-spec']);
    const isRequired = column['required'] !== false && column['optional'] !== true;
    if (!tensor) return { name, type: typeName(column), isRequired };
    const shape = Array.isArray(tensor['shape']) ? tensor['shape'].filter(Number.isInteger) : [];
    return { name, type: `tensor ${String(tensor['dtype'])}`, isRequired, shape };
  });
}

function params(value: unknown): Signature['params'] {
  return listed(value).map((param, at) => ({
    name: typeof param['name'] === 'string' ? param['name'] : String(at),
    type: typeName(param),
    default: JSON.stringify(param['default'] ?? null),
  }));
}

function typeName(column: Readonly<Record<string, unknown>>): string {
  const { type } = column;
  if (type === 'array') return `array(${typeName(mapping(column['items']) ?? {})})`;
  if (type === 'map') return `map(${typeName(mapping(column['values']) ?? {})})`;
  if (type === 'object') {
    const members = Object.entries(mapping(column['properties']) ?? {});
    return `object(${members.map(([name, member]) => `${name}: ${typeName(mapping(member) ?? {})}`).join(', ')})`;
  }
  return typeof type === 'string' ? type : 'any';
}

/** Columns come as a JSON text within the YAML. */
function listed(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list = typeof value === 'string' ? parsed(() => JSON.parse(value)) : value;
  return Array.isArray(list) ? list.map((item) => mapping(item) ?? {}) : [];
}

function mapping(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function parsed(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function textOf(parts: readonly Uint8Array[]): string {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(bytes);
}
