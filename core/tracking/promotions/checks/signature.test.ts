import { expect, test } from 'vitest';
import type { Signature, SignatureField } from '../../registry/mlmodel.ts';
import { incompatibilities } from './signature.ts';

const field = (name: string, type = 'double', isRequired = true): SignatureField => ({
  name,
  type,
  isRequired,
});
const signature = (inputs: readonly SignatureField[], outputs = [field('p')]): Signature => ({
  inputs,
  outputs,
  params: [],
});
const held = signature([field('amount'), field('channel', 'string')]);

test('fewer inputs, and new ones that may be left out, break no caller', () => {
  expect(incompatibilities(signature([field('amount')]), held)).toEqual([]);
  expect(incompatibilities(signature([...held.inputs, field('age', 'long', false)]), held)).toEqual([]);
});

test('a new required input, another type and a lost output are named', () => {
  const own = signature([field('amount', 'string'), field('age')], [field('q')]);
  expect(incompatibilities(own, held)).toEqual([
    'input amount is string, was double',
    'input age is new and required',
    'output p is gone',
  ]);
});

test('an input that could be left out and no longer can is named', () => {
  const before = signature([field('amount', 'double', false)]);
  expect(incompatibilities(signature([field('amount')]), before)).toEqual(['input amount is required now']);
});

test('a tensor of another shape is another type', () => {
  const tensor = (shape: readonly number[]): Signature =>
    signature([{ ...field('0', 'tensor float32'), shape }]);
  expect(incompatibilities(tensor([-1, 28]), tensor([-1, 28]))).toEqual([]);
  expect(incompatibilities(tensor([-1, 32]), tensor([-1, 28]))).toHaveLength(1);
});
