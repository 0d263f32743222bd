// Reads the JSON texts by which clients describe a dataset: MLflow's `mlflow_colspec` (pandas, Spark, Hugging Face, Polars) and
// `mlflow_tensorspec` (NumPy, TensorFlow), Spark's StructType and pandas' table schema (`fields`), Hugging Face's features, plain
// mappings of names to types. Promise: any other text gives nothing and throws nothing; the answer is bounded whatever was sent.

import { schemaFields, type SignatureField } from '../registry/mlmodel.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

export interface ProfileFact {
  readonly key: string;
  readonly value: string;
}

const MOST_COLUMNS = 2000;
const MOST_FACTS = 200;
const VALUE_LIMIT = 500;

/** Columns in the order in which the client wrote them; empty when the schema is none, or none that is known. */
export function columnsOf(schema: string | undefined): readonly Column[] {
  return readSchema(parsed(schema)).slice(0, MOST_COLUMNS);
}

/** A profile as pairs; of nested parts their JSON. */
export function profileFacts(profile: string | undefined): readonly ProfileFact[] {
  return Object.entries(mapping(parsed(profile)) ?? {})
    .filter(([, value]) => value !== null)
    .slice(0, MOST_FACTS)
    .map(([key, value]) => ({ key, value: shown(value).slice(0, VALUE_LIMIT) }));
}

/** How many rows a profile says there are; undefined when it does not. */
export function rowsOf(profile: string | undefined): number | undefined {
  const facts = mapping(parsed(profile)) ?? {};
  for (const key of ['num_rows', 'approx_count', 'num_examples', 'rows']) {
    const value = facts[key];
    if (typeof value === 'number' && value >= 0) return value;
  }
  // NumPy's: one shape, or one for each named feature.
  const shape = facts['features_shape'];
  const first: unknown = Array.isArray(shape) ? shape : Object.values(mapping(shape) ?? {})[0];
  const rows: unknown = Array.isArray(first) ? first[0] : undefined;
  return typeof rows === 'number' && rows >= 0 ? rows : undefined;
}

function readSchema(schema: unknown): readonly Column[] {
  if (Array.isArray(schema)) return named(schema);
  const known = mapping(schema);
  if (!known) return [];
  if (known['mlflow_colspec'] !== undefined) return schemaFields(known['mlflow_colspec']).map(ofField);
  const tensors = mapping(known['mlflow_tensorspec']);
  if (tensors) return [...ofTensors('features', tensors), ...ofTensors('targets', tensors)];
  if (Array.isArray(known['fields'])) return named(known['fields']);
  return Object.entries(known).flatMap(([name, type]) => {
    const text = typeName(type);
    return text === undefined ? [] : [{ name, type: text, isRequired: true }];
  });
}

function ofTensors(part: string, tensors: Readonly<Record<string, unknown>>): readonly Column[] {
  const fields = schemaFields(tensors[part]);
  // Tensors without a name are numbered, which says less than what they are.
  const isNamed = fields.some(({ name }, at) => name !== String(at));
  return fields.map((field) => ({ ...ofField(field), name: isNamed ? field.name : part }));
}

function ofField({ isRequired, name, shape, type }: SignatureField): Column {
  const sizes = shape?.map((size) => (size < 0 ? '?' : size)).join(' × ');
  return { name, type: sizes ? `${type} [${sizes}]` : type, isRequired };
}

/** A list of objects with a name and a type. */
function named(list: readonly unknown[]): readonly Column[] {
  return list.flatMap((item) => {
    const field = mapping(item);
    const name = field?.['name'];
    if (!field || typeof name !== 'string') return [];
    const isRequired = field['nullable'] !== true && field['required'] !== false;
    return [{ name, type: typeName(field['type'] ?? field['dtype']) ?? 'any', isRequired }];
  });
}

function typeName(type: unknown): string | undefined {
  if (typeof type === 'string') return type;
  const of = mapping(type);
  if (!of) return undefined;
  const inner = of['dtype'] ?? of['type'] ?? of['_type'];
  return typeof inner === 'string' ? inner : undefined;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function mapping(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined || text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
