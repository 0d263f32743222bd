import { each, get, patch, post, remove } from '../step.ts';
import { at, NAME, PROMPT, STRANGE } from './registry-names.ts';

// Registered models without versions.

export const registeredModels = [
  post('create a model', 'registered-models/create', {
    name: NAME,
    description: 'what it is',
    tags: [
      { key: 'team', value: 'growth' },
      { key: 'Team', value: 'risk' },
    ],
  }),
  post('create it again', 'registered-models/create', { name: NAME }),
  post('create a prompt of its name', 'registered-models/create', {
    name: NAME,
    tags: [{ key: PROMPT, value: 'true' }],
  }),
  get('get it', `registered-models/get?${at()}`),
  get('get nobody', 'registered-models/get?name=nobody'),
  get('get nothing', 'registered-models/get'),
  ...each([null, '', ' ', 17, 'ünï', '100%', 'with.dots', '..', 'a/b', 'a:b', 'x'.repeat(256)], (name) =>
    post('create with the name', 'registered-models/create', { name }),
  ),
  ...each(['17', '..', 'a/b', 'a:b'], (name) =>
    remove('forget the name', 'registered-models/delete', { name }),
  ),
  ...each(['no list', [{ value: 'v' }], [{ key: 'k' }], [{ key: 'a//b', value: '1' }], []], (tags) =>
    post('create with the tags', 'registered-models/create', {
      name: `of tags ${JSON.stringify(tags).replaceAll(/[/:]/g, ' ')}`,
      tags,
    }),
  ),
  patch('describe it', 'registered-models/update', { name: NAME, description: 'better' }),
  patch('describe nobody', 'registered-models/update', { name: 'nobody', description: 'x' }),
  post('create a strange one', 'registered-models/create', { name: STRANGE }),
  patch('describe a strange one with a number', 'registered-models/update', {
    name: STRANGE,
    description: 7,
  }),
  patch('describe it with nothing', 'registered-models/update', { name: NAME }),
  get('get what nobody describes', `registered-models/get?${at()}`),
  patch('describe it again', 'registered-models/update', { name: NAME, description: 'best' }),
  ...each(['v1', '', 'v2', null], (value) =>
    post('tag it', 'registered-models/set-tag', { name: NAME, key: 'data', value }),
  ),
  post('tag a strange one with a number', 'registered-models/set-tag', {
    name: STRANGE,
    key: 'data',
    value: 17,
  }),
  ...each(['', null, 'a//b', '/a', 'k'.repeat(251), 'ü'], (key) =>
    post('tag it by the key', 'registered-models/set-tag', { name: NAME, key, value: 'v' }),
  ),
  post('tag nobody', 'registered-models/set-tag', { name: 'nobody', key: 'k', value: 'v' }),
  post('a long tag', 'registered-models/set-tag', { name: NAME, key: 'long', value: 'v'.repeat(100_000) }),
  post('a longer tag', 'registered-models/set-tag', { name: NAME, key: 'long', value: 'v'.repeat(100_001) }),
  remove('delete the long tag', 'registered-models/delete-tag', { name: NAME, key: 'long' }),
  remove('delete a tag', 'registered-models/delete-tag', { name: NAME, key: 'ü' }),
  remove('delete it again', 'registered-models/delete-tag', { name: NAME, key: 'ü' }),
  remove('delete a tag of nobody', 'registered-models/delete-tag', { name: 'nobody', key: 'ü' }),
  get('get it with its tags', `registered-models/get?${at()}`),
  post('rename it', 'registered-models/rename', { name: NAME, new_name: 'renamed' }),
  post('rename it to a taken name', 'registered-models/rename', { name: 'renamed', new_name: 'ünï' }),
  post('rename it back', 'registered-models/rename', { name: 'renamed', new_name: NAME }),
  post('rename nobody', 'registered-models/rename', { name: 'nobody', new_name: 'somebody' }),
  ...each([null, '', ' '], (name) =>
    post('rename it to', 'registered-models/rename', { name: NAME, new_name: name }),
  ),
];
