import { expect, test } from 'vitest';
import { columnsOf, profileFacts, rowsOf } from './dataset-columns.ts';

const columns = (schema: unknown): string[] =>
  columnsOf(JSON.stringify(schema)).map(
    ({ isRequired, name, type }) => `${name}: ${type}${isRequired ? '' : '?'}`,
  );

test('a frame of pandas, Spark or Hugging Face as MLflow describes it', () => {
  const spec = [
    { type: 'long', name: 'age', required: true },
    { type: 'string', name: 'channel', required: false },
    { type: 'array', items: { type: 'double' }, name: 'embedding', required: true },
    { type: 'datetime', name: 'seen', required: true },
  ];
  expect(columns({ mlflow_colspec: spec })).toEqual([
    'age: long',
    'channel: string?',
    'embedding: array(double)',
    'seen: datetime',
  ]);
});

test('NumPy arrays and tensors: features and targets, each a JSON text of its own', () => {
  const tensor = (dtype: string, shape: number[]) => ({ type: 'tensor', 'tensor-spec': { dtype, shape } });
  const spec = {
    features: JSON.stringify([tensor('float64', [-1, 28, 28])]),
    targets: JSON.stringify([tensor('int64', [-1])]),
  };
  expect(columns({ mlflow_tensorspec: spec })).toEqual([
    'features: tensor float64 [? × 28 × 28]',
    'targets: tensor int64 [?]',
  ]);
  const named = JSON.stringify([
    { ...tensor('float32', [-1, 4]), name: 'pixels' },
    { ...tensor('bool', [-1]), name: 'mask' },
  ]);
  expect(columns({ mlflow_tensorspec: { features: named, targets: null } })).toEqual([
    'pixels: tensor float32 [? × 4]',
    'mask: tensor bool [?]',
  ]);
});

test('schemas that other clients send: Spark, pandas, Hugging Face, a plain mapping', () => {
  const spark = {
    type: 'struct',
    fields: [
      { name: 'id', type: 'long', nullable: false, metadata: {} },
      { name: 'city', type: 'string', nullable: true },
    ],
  };
  expect(columns(spark)).toEqual(['id: long', 'city: string?']);
  const pandas = {
    fields: [{ name: 'index', type: 'integer' }],
    primaryKey: ['index'],
    pandas_version: '1.4.0',
  };
  expect(columns(pandas)).toEqual(['index: integer']);
  expect(
    columns({ text: { dtype: 'string', _type: 'Value' }, label: { names: ['a'], _type: 'ClassLabel' } }),
  ).toEqual(['text: string', 'label: ClassLabel']);
  expect(columns({ age: 'int64', name: 'object' })).toEqual(['age: int64', 'name: object']);
  expect(columns([{ name: 'x', dtype: 'f4' }])).toEqual(['x: f4']);
});

test('what is no schema has no columns', () => {
  for (const text of [
    undefined,
    '',
    'null',
    '3',
    '{"mlflow_colspec":"no json"}',
    '{bad',
    '[1,2]',
    '{"a":1}',
  ]) {
    expect(columnsOf(text)).toEqual([]);
  }
});

test('a schema of a million columns is cut', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`c${at}`, 'int64']));
  expect(columns(many)).toHaveLength(2000);
});

test('a profile as pairs, and how many rows it says there are', () => {
  const pandas = JSON.stringify({ num_rows: 150, num_elements: 600, missing: { age: 2 }, none: null });
  expect(profileFacts(pandas)).toEqual([
    { key: 'num_rows', value: '150' },
    { key: 'num_elements', value: '600' },
    { key: 'missing', value: '{"age":2}' },
  ]);
  expect(rowsOf(pandas)).toBe(150);
  expect(rowsOf('{"approx_count":"unknown"}')).toBe(undefined);
  expect(rowsOf('{"approx_count":12}')).toBe(12);
  expect(rowsOf('{"features_shape":[60000,784],"features_size":1}')).toBe(60_000);
  expect(rowsOf('{"features_shape":{"x":[7,2]}}')).toBe(7);
  expect(rowsOf('not json')).toBe(undefined);
});
