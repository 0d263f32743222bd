import { expect, test } from 'vitest';
import { parseMlmodel } from './mlmodel.ts';

const TEXT = `
artifact_path: model
flavors:
  python_function:
    loader_module: mlflow.sklearn
  sklearn:
    sklearn_version: 1.6.1
saved_input_example_info:
  artifact_path: input_example.json
  type: dataframe
signature:
  inputs: '[{"type": "double", "name": "amount", "required": true}, {"type": "string", "name": "channel", "required": false}, {"type": "array", "items": {"type": "long"}, "name": "days", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]'
  params: '[{"name": "temperature", "type": "double", "default": 0.5, "shape": null}]'
`;

test('an MLmodel gives signature, flavours and the input example', () => {
  expect(parseMlmodel(TEXT)).toEqual({
    flavours: ['python_function', 'sklearn'],
    inputExample: 'input_example.json',
    signature: {
      inputs: [
        { name: 'amount', type: 'double', isRequired: true },
        { name: 'channel', type: 'string', isRequired: false },
        { name: 'days', type: 'array(long)', isRequired: true },
      ],
      outputs: [{ name: '0', type: 'tensor float32', isRequired: true, shape: [-1, 2] }],
      params: [{ name: 'temperature', type: 'double', default: '0.5' }],
    },
  });
});

test('what is broken is left out, and what is no mapping is no MLmodel', () => {
  expect(parseMlmodel('flavors: [a\n')).toBeUndefined();
  expect(parseMlmodel('just text')).toBeUndefined();
  expect(parseMlmodel("flavors: {}\nsignature:\n  inputs: '{'\n")).toEqual({
    flavours: [],
    signature: { inputs: [], outputs: [], params: [] },
  });
});

test('aliases that would grow a small file into a huge one are refused', () => {
  const bomb = `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nflavors: {}\n`;
  expect(parseMlmodel(bomb)).toBeUndefined();
});
