import { expect, test } from 'vitest';
import { countTests } from './count-tests.ts';

const report = (changes: object) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...changes,
  });

test('passed and failed tests are counted, skipped and planned ones together', () => {
  expect(countTests(report({ numFailedTests: 2, numPendingTests: 4, numTodoTests: 1 }))).toEqual({
    passed: 3,
    failed: 2,
    skipped: 5,
  });
});

test('a file that does not load is a failure, and one with a failed test is not counted twice', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'skipped' }] },
    { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ];
  expect(countTests(report({ numFailedTests: 1, testResults })).failed).toBe(3);
});
