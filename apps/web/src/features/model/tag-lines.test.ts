import { expect, test } from 'vitest';
import { parseTags, tagChanges, tagLines } from './tag-lines.ts';

const TAGS = [
  { key: 'team', value: 'growth' },
  { key: 'flagship', value: '' },
  { key: 'mlflow.source', value: 'x' },
];

test('tags are edited as lines, and only what changed is sent', () => {
  expect(tagLines(TAGS)).toBe('team: growth\nflagship');
  expect(tagChanges(TAGS, parseTags('team: ads: eu\n\n tier : 1 '))).toEqual({
    setTags: [
      { key: 'team', value: 'ads: eu' },
      { key: 'tier', value: '1' },
    ],
    removeTags: ['flagship'],
  });
});

test('saving what is there changes nothing, and tags of clients stay', () => {
  expect(tagChanges(TAGS, parseTags(tagLines(TAGS)))).toEqual({ setTags: [], removeTags: [] });
});
