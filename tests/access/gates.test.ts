import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCairn } from '#apps/cli/testing/run-cairn.ts';
import { ApiError, createClient, keyHeaders, type Client } from '#core/contract/client.ts';
import { DATA_AGE_MS, GATE_KINDS, guardedModel, trainedVersion } from './gate-kinds.ts';
import { startTeam, type TeamProcess } from './team-process.ts';

// Every kind of gate on every wire, asked by somebody who may write the model and is no admin: what is refused names the
// check and its figures and changes nothing; once that is supplied the same request passes, and the log says who and why.

const ALIAS = { kind: 'alias', name: 'champion' } as const;
const STAGE = { kind: 'stage', name: 'production' } as const;
const REASON = 'better on the holdout';

/** What came of asking: done, or what was said instead. */
interface Said {
  readonly isDone: boolean;
  readonly text: string;
}

interface Wire {
  readonly name: string;
  readonly target: typeof ALIAS | typeof STAGE;
  /** Whether the wire has words for a reason. */
  readonly hasReason: boolean;
  readonly promote: (model: string, version: number) => Promise<Said>;
}

let team: TeamProcess;
let editor: { readonly id: string; readonly key: string; readonly client: Client };
let trainedAt: number;
beforeAll(async () => {
  team = await startTeam({ args: ['--log-level', 'error'] });
  const { account } = await team.client.createAccount({ body: { kind: 'service', name: 'eve' } });
  await team.client.setRole({
    body: {
      holder: { kind: 'account', id: account.id },
      place: { scope: 'workspace', workspace: 'default' },
      role: 'editor',
    },
  });
  const { secret: key } = await team.client.createKey({
    body: { name: 'trains', account: account.id, role: 'editor' },
  });
  const client = createClient(team.server.origin, { headers: keyHeaders(key) });
  editor = { id: account.id, key, client };
  await team.client.createRegisteredModel({ body: { name: 'first' } });
  await trainedVersion(team.client, 'first');
  trainedAt = Date.now();
});
afterAll(() => team.server.stop());

const WIRES: readonly Wire[] = [
  {
    name: 'the native API',
    target: ALIAS,
    hasReason: true,
    promote: (model, version) => ofNative(model, version, ALIAS),
  },
  {
    name: 'the native API, a stage',
    target: STAGE,
    hasReason: true,
    promote: (model, version) => ofNative(model, version, STAGE),
  },
  {
    name: 'the command line',
    target: ALIAS,
    hasReason: true,
    promote: async (model, version) => {
      const words = ['promote', `${model}@${version}`, ALIAS.name, '--reason', REASON];
      const variables = { CAIRN_SERVER: team.server.origin, CAIRN_API_KEY: editor.key };
      const { code, err, out } = await runCairn(words, variables);
      const isAsked = out.includes('waits for approval');
      expect([code, isAsked || out === ''], `${out}${err}`).toEqual(
        isAsked || code === 0 ? [0, expect.any(Boolean)] : [1, true],
      );
      return { isDone: code === 0 && !isAsked, text: `${out}${err}` };
    },
  },
  {
    name: 'MLflow, an alias',
    target: ALIAS,
    hasReason: false,
    promote: (model, version) =>
      ofMlflow('registered-models/alias', { name: model, alias: ALIAS.name, version: String(version) }),
  },
  {
    name: 'MLflow, a stage',
    target: STAGE,
    hasReason: false,
    promote: (model, version) =>
      ofMlflow('model-versions/transition-stage', {
        name: model,
        version: String(version),
        stage: 'Production',
        archive_existing_versions: false,
      }),
  },
];

describe.each(GATE_KINDS)('the gate $name', (kind) => {
  test.each(WIRES)('refuses and lets pass over $name', async (wire) => {
    const { client } = team;
    const name = `${kind.name} over ${wire.name}`.replaceAll(/[^a-z]+/gi, '-');
    const candidate = await guardedModel(client, { name, kind, target: wire.target });
    const { model, version } = candidate;
    const before = await stateOf(model);
    if (kind.name === 'data-age') await sleep(Math.max(0, trainedAt + DATA_AGE_MS + 1 - Date.now()));
    const refused = await wire.promote(model, version);
    expect(refused).toEqual({ isDone: false, text: expect.stringMatching(kind.says) });
    expect(await stateOf(model)).toEqual(before);
    const [refusal] = await logOf(model);
    expect(refusal).toMatchObject({
      action: kind.name === 'approval' ? 'promotion.asked' : 'promotion.refused',
      version,
      actor: { id: editor.id, name: 'eve' },
      ...(wire.hasReason && { reason: REASON }),
    });
    const passing = await kind.supply(candidate);
    expect(await wire.promote(model, passing)).toMatchObject({ isDone: true });
    expect((await stateOf(model)).holders[wire.target.kind]).toContain(passing);
    const moved = (await logOf(model)).find(
      ({ action }) => action === 'alias.moved' || action === 'stage.changed',
    );
    expect(moved).toMatchObject({
      version: passing,
      // Whoever gives the last approval carries it out.
      actor: { name: kind.name === 'approval' ? 'ana' : 'eve' },
    });
    if (wire.hasReason && kind.name !== 'approval') expect(moved?.reason).toBe(REASON);
    expect(await client.verifyRegistryLog({ params: { model } })).toMatchObject({ isIntact: true });
  });
});

/** Who holds what, and each version's own standing: all that a refused promotion must leave alone. */
async function stateOf(model: string) {
  const { aliases, lanes, versions } = await team.client.getRegisteredModel({ params: { model } });
  return {
    holders: {
      alias: aliases.map(({ version }) => version),
      stage: versions.filter(({ stage }) => stage === STAGE.name).map(({ number }) => number),
    },
    versions: versions.map(({ aliases: held, number, stage }) => ({ held, number, stage })),
    lanes,
  };
}

async function logOf(model: string) {
  const { entries } = await team.client.listRegistryLog({ params: { model } });
  return entries;
}

async function ofNative(model: string, version: number, target: Wire['target']): Promise<Said> {
  try {
    const { checks, outcome } = await editor.client.promoteVersion({
      params: { model },
      body: { version: String(version), target, reason: REASON },
    });
    return { isDone: outcome !== 'asked', text: checks.map(({ detail }) => detail).join('; ') };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect([error.status, error.fault.code]).toEqual([403, 'forbidden']);
    return { isDone: false, text: error.message };
  }
}

async function ofMlflow(path: string, body: object): Promise<Said> {
  const answer = await fetch(`${team.server.origin}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...keyHeaders(editor.key) },
    body: JSON.stringify(body),
  });
  const json = (await answer.json()) as { readonly error_code?: string; readonly message?: string };
  const { error_code: code, message = '' } = json;
  expect([answer.status, code]).toEqual(answer.ok ? [200, undefined] : [403, 'PERMISSION_DENIED']);
  return { isDone: answer.ok, text: message };
}
