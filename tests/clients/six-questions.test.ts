import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCairn } from '#apps/cli/testing/run-cairn.ts';
import { isMissing } from './client-matrix.ts';
import { spendAMonth, type Facts } from '../six-questions.ts';
import { startServer, type RunningServer } from '../running-server.ts';

// The six questions that anybody asks, answered by one command each, on data that an unmodified MLflow client made.

describe.skipIf(isMissing('mlflow3'))('the six questions on the command line', () => {
  let server: RunningServer;
  let facts: Facts;
  beforeAll(async () => {
    server = await startServer({ args: ['--log-level', 'warn'] });
    facts = await spendAMonth(server.origin);
  });
  afterAll(() => server?.stop());

  /** The table for people, and what scripts get. */
  const ask = async (...words: string[]): Promise<{ lines: string[]; json: never }> => {
    const variables = { CAIRN_SERVER: server.origin };
    const [shown, asJson] = await Promise.all([
      runCairn(words, variables),
      runCairn([...words, '--json'], variables),
    ]);
    expect([shown.code, asJson.code], `${shown.err}${asJson.err}`).toEqual([0, 0]);
    return { lines: shown.out.trimEnd().split('\n'), json: JSON.parse(asJson.out) as never };
  };
  const short = (value: number): string => String(Number(value.toPrecision(6)));

  test('which models are training now?', async () => {
    const { lines, json } = await ask('training');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/still training +running/);
    expect(json).toMatchObject([{ id: facts.live, status: 'running' }]);
  });

  test('which version is in production?', async () => {
    const { lines, json } = await ask('production');
    expect(lines[1]).toMatch(new RegExp(`^churn +v${facts.version} `));
    expect(json).toMatchObject([
      {
        modelName: 'churn',
        version: {
          number: facts.version,
          data: [
            { name: 'customers', number: 2, role: 'training' },
            { name: 'holdout', number: 1, role: 'evaluation' },
          ],
        },
      },
    ]);
  });

  test('how does it do in development and in production?', async () => {
    const { lines, json } = await ask('performance', 'churn');
    const line = lines.find((one) => one.startsWith(`v${facts.version} `)) ?? '';
    expect(line).toContain('@production');
    expect(line).toContain(short(facts.best));
    expect(line).toContain(short(facts.production));
    const { versions } = json as { versions: { number: number; dev?: object; prod?: object }[] };
    expect(versions.find(({ number }) => number === facts.version)).toMatchObject({
      dev: { metric: facts.metric, value: facts.best },
      prod: { metric: facts.metric, value: facts.production, environment: 'production' },
    });
  });

  test('which metric was optimised?', async () => {
    const { lines, json } = await ask('objective', facts.project);
    expect(lines[0]).toBe(`churn: max ${facts.metric} (max of each run), declared`);
    expect(json).toMatchObject({
      objective: { metric: facts.metric, direction: 'max', origin: 'declared' },
    });
  });

  test('which data version trained it?', async () => {
    const { lines, json } = await ask('lineage', 'churn@production');
    expect(lines[0]).toContain(`churn v${facts.version}`);
    expect(lines.join('\n')).toMatch(/customers@v2.*\(training\)/);
    const { nodes } = json as { nodes: { title: string; kind: string }[] };
    expect(nodes.map(({ title }) => title)).toEqual(
      expect.arrayContaining([`churn v${facts.version}`, 'customers@v2', 'holdout@v1']),
    );
  });

  test('which hyperparameters won?', async () => {
    const { lines, json } = await ask('best', facts.project);
    expect(lines[0]).toBe(`churn: max ${facts.metric}, declared, 6 runs`);
    expect(lines[2]).toContain(short(facts.best));
    const { best } = json as { best: { run: { id: string }; params: { key: string; text: string }[] }[] };
    expect(best[0]?.run.id).toBe(facts.bestRun);
    expect(best[0]?.params).toContainEqual({ key: 'C', text: facts.bestC });
  });
});
