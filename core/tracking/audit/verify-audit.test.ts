import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAudit, type AuditEntry, type AuditNote } from '#core/domain/audit.ts';
import { checkChain, FIRST_PREVIOUS } from '#core/domain/chain.ts';
import { DEFAULT_PROJECT } from '#core/domain/ids.ts';
import { quickSecrets } from '#storage/conformance/quick-secrets.ts';
import { commitOf } from '#storage/conformance/sample-changes.ts';
import { teamPorts } from '#storage/conformance/team-world.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';
import { LOCAL_OWNER } from '../access/principal.ts';
import { deleteFiles } from '../files/delete-files.ts';
import { putFile } from '../files/put-file.ts';
import { createModel } from '../models/create-model.ts';
import { deleteModel } from '../models/change-model.ts';
import { deleteProject, restoreProject } from '../projects/change-project.ts';
import { deleteRun, restoreRun } from '../runs/delete-run.ts';
import { startRun } from '../runs/start-run.ts';
import { listAudit } from './list-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const secrets = quickSecrets();
const hash = (given: string): string => secrets.hash(given);
const chain = { canonical: canonicalAudit, hash };

const text = fc.oneof(fc.constantFrom('', '__proto__', '10', '9', 'ü🎉', '"\\\n'), fc.string());
const note: fc.Arbitrary<AuditNote> = fc.record(
  {
    action: fc.constantFrom('run.deleted' as const, 'key.created' as const, 'session.opened' as const),
    subject: text,
    details: fc.dictionary(text, text, { maxKeys: 3 }),
    address: fc.constantFrom('::1', '192.0.2.7'),
  },
  { requiredKeys: ['action', 'subject', 'details'] },
);
const notes = fc.array(note, { minLength: 2, maxLength: 8 });

async function logOf(told: readonly AuditNote[]): Promise<AuditEntry[]> {
  const { writer, identity } = memoryStore();
  for (const [n, one] of told.entries()) {
    const changes = [{ kind: 'record-audit', note: one } as const];
    await writer.commit(commitOf(changes, { at: n, actor: { kind: 'user', id: `u${n % 2}` } }));
  }
  const entries: AuditEntry[] = [];
  for await (const entry of identity.auditTrail()) entries.push(entry);
  return entries;
}

test('a chain verifies, and every change of an entry, dropped or inserted entry is named', async () => {
  await fc.assert(
    fc.asyncProperty(notes, fc.nat(), async (told, pick) => {
      const entries = await logOf(told);
      expect(await checkChain(entries, chain)).toEqual({ entries: told.length, isIntact: true });
      const at = pick % entries.length;
      const entry = entries[at] as AuditEntry;
      const named = { isIntact: false, brokenAt: at + 1 };
      const changes: readonly Partial<AuditEntry>[] = [
        { subject: `${entry.subject}.` },
        { action: 'files.deleted' },
        { at: entry.at + 1 },
        { number: entry.number + 1 },
        { actor: { ...entry.actor, id: 'somebody' } },
        { actor: { ...entry.actor, kind: 'system' } },
        { address: '198.51.100.1' },
        { details: { ...entry.details, more: 'x' } },
        { previous: hash('x') },
        { hash: hash('x') },
      ];
      for (const change of changes) {
        expect(await checkChain(entries.with(at, { ...entry, ...change }), chain)).toMatchObject(named);
      }
      if (at < entries.length - 1) {
        expect(await checkChain(entries.toSpliced(at, 1), chain)).toMatchObject(named);
      }
      // The copy fits where it stands; what follows it does not.
      const doubled = await checkChain(entries.toSpliced(at, 0, entry), chain);
      expect(doubled).toMatchObject({ isIntact: false, brokenAt: at + 2 });
    }),
    { numRuns: 50 },
  );
});

test('deletions and restorations tell the log who, what and from where, in the commit that did it', async () => {
  const ports = teamPorts(memoryStore(), { now: 5 });
  const who = { ...LOCAL_OWNER, address: '::1' };
  const run = await startRun(ports, who, { project: DEFAULT_PROJECT, wire: 'native' });
  const model = await createModel(ports, who, { project: DEFAULT_PROJECT });
  await deleteRun(ports, who, { run: run.id });
  await restoreRun(ports, who, { run: run.id });
  await deleteModel(ports, who, { model: model.id });
  await deleteProject(ports, who, { project: DEFAULT_PROJECT });
  await restoreProject(ports, who, { project: DEFAULT_PROJECT });
  const owner = { kind: 'run', run: run.id } as const;
  await putFile(ports, who, { owner, path: 'a/f', bytes: ReadableStream.from([new Uint8Array(1)]) });
  await deleteFiles(ports, who, { owner, path: 'a' });
  const { entries, next } = await listAudit(ports, who, { limit: 5 });
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
    ['files.deleted', `run ${run.id}`],
    ['project.restored', 'project 0'],
    ['project.deleted', 'project 0'],
    ['model.deleted', `model ${model.id}`],
    ['run.restored', `run ${run.id}`],
  ]);
  expect(entries[0]?.details).toEqual({ path: 'a' });
  expect(entries[2]).toMatchObject({
    actor: { kind: 'local', id: 'local' },
    address: '::1',
    details: { name: 'Default' },
    at: 5,
  });
  const rest = await listAudit(ports, who, { limit: 4, ...(next !== undefined && { before: next }) });
  expect(rest.entries.map((entry) => entry.action)).toEqual(['run.deleted']);
  expect(rest.next).toBeUndefined();
  expect(rest.entries[0]?.previous).toBe(FIRST_PREVIOUS);
  expect(await verifyAudit(ports, who)).toEqual({ entries: 6, isIntact: true });
});
