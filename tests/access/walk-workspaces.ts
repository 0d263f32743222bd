import type { RouteOptions } from 'fastify';
import { workspaceId } from '#core/domain/ids.ts';
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { createProject } from '#core/tracking/projects/create-project.ts';
import { createWorkspace } from '#core/tracking/workspaces/create-workspace.ts';
import { markedProject, type MarkedProject } from './marked-project.ts';
import type { Ask } from './requests.ts';
import { commit, give, newAccount, newKey, teamServer, type Team } from './team.ts';
import { isUnspoken, requestFor, routesOf, send, THEIRS } from './walk-routes.ts';

const VISION = workspaceId('vision');

/** How a route answers who asks, from or in the workspace `vision`, for what is in `default`. */
export interface Crossing {
  readonly route: string;
  /** The owner of the server below `/w/vision`, or somebody whose only role is that of an editor of `vision`. */
  readonly asker: 'owner' | 'member';
  /** For ids that are in the other workspace, and for ids that are nowhere. */
  readonly theirs: string;
  readonly absent: string;
  /** Whether the request names anything of the other workspace. */
  readonly names: boolean;
  /** Whether the answer holds a word of the other workspace that was not in the request. */
  readonly leaks: boolean;
  /** Whether anything there was changed. */
  readonly changes: boolean;
  /** What the same request is answered where its ids belong: a request that is refused there shows nothing. */
  readonly athome: number;
}

/**
 * Sends each request twice into the wrong workspace: with ids of things that are in `default`, and with ids that do not exist.
 * @param base `/w/vision` for MLflow's wire, as the owner too; `` for the native one, where an id alone says what is meant.
 */
export async function walkWorkspaces(
  base: '' | '/w/vision',
  isWalked: (url: string) => boolean,
): Promise<readonly Crossing[]> {
  const added: RouteOptions[] = [];
  const team = await teamServer(async (ports) => (await markedProject(ports, 'unused')).project, {
    onRoute: (route) => added.push(route),
  });
  const { ports } = team.server;
  await createWorkspace(ports, LOCAL_OWNER, { workspace: VISION });
  await createProject(ports, LOCAL_OWNER, { workspace: VISION, name: 'here' });
  const member = ports.ids.accountId();
  const place = { scope: 'workspace', workspace: VISION } as const;
  await commit(ports, [newAccount(member, 'member'), give(member, place, 'editor')]);
  const keys = { owner: team.keys.owner, member: await newKey(ports, member, { role: 'admin' }) };
  const askers = base === '' ? (['member'] as const) : (['owner', 'member'] as const);
  const crossings: Crossing[] = [];
  for (const { method, url } of routesOf(added)) {
    const askFor = requestFor(method, url);
    if (!askFor || isUnspoken(url) || !isWalked(url)) continue;
    for (const asker of askers) {
      const things = await markedProject(ports, THEIRS);
      const ask = await askFor(things, team);
      const to = { method, url: base + url };
      const before = ports.feed.latest();
      const theirs = await send(team, keys[asker], { ...to, ask });
      const changes = isTouched(team, before, things);
      const absent = await send(team, keys[asker], { ...to, ask: withoutAny(ask, things) });
      const home = await send(team, keys.owner, { method, url, ask });
      crossings.push({
        route: `${method} ${url}`,
        asker,
        names: JSON.stringify(ask) !== JSON.stringify(withoutAny(ask, things)),
        theirs: said(theirs, things),
        absent: said(absent, things),
        leaks: theirs.text.includes(THEIRS) && !theirs.request.includes(THEIRS),
        changes,
        athome: home.status,
      });
    }
  }
  await team.server.app.close();
  return crossings;
}

/** Ids of the same shape that nothing has; those that hold another one's digits first. */
function absentNames({ project, run, model, registered, registry, name, dataset, table }: MarkedProject) {
  return [
    [model, `m-${'f'.repeat(32)}`],
    [registry.promotion, `pr-${'f'.repeat(32)}`],
    [registry.deployment, `d-${'f'.repeat(32)}`],
    [run, 'f'.repeat(32)],
    [registry.model, 'no-such-model'],
    [registered, 'no-such-registered'],
    [name, 'no-such-name'],
    [dataset, 'no-such-dataset'],
    [table, 'no-such-table'],
    [`"${project}"`, '"98765"'],
    [`"${project}/`, '"98765/'],
    [`/${project}/`, '/98765/'],
  ] as const;
}

function withoutAny(ask: Ask, things: MarkedProject): Ask {
  let text = JSON.stringify(ask);
  for (const [id, absent] of absentNames(things)) text = text.replaceAll(id, absent);
  return JSON.parse(text) as Ask;
}

/** Status and body, ids of either kind under one word. */
function said(answer: { readonly status: number; readonly body: string }, things: MarkedProject): string {
  let text = answer.body;
  for (const [id, absent] of absentNames(things)) {
    for (const word of [absent, id]) text = text.replaceAll(word.replaceAll(/["/]/g, ''), '…');
  }
  return `${answer.status} ${text.replaceAll(/"(requestId|incident)":"[^"]*"/g, '').replaceAll(/\d{13}/g, 'now')}`;
}

function isTouched({ server }: Team, before: number, { project, run, model }: MarkedProject): boolean {
  return (server.ports.feed.since(before) ?? []).some(
    (event) =>
      event.projects.includes(project) ||
      event.runs.some((touched) => touched.run === run) ||
      event.models.includes(model),
  );
}
