// Two-phase deletion of bytes that nothing names, with a grace period. Promise: bytes that a tree or a manifest names are
// never deleted. A blob is stored before a row names it, so one may be without a name for a moment: it goes only when it
// was condemned a grace period ago and nothing named it since (naming it takes the note back), and when nobody stored
// it again within that time (`BlobStore.remove` looks at that in the same step). Backups rely on the grace period, too.
import { SYSTEM } from '#core/domain/actor.ts';
import { BLOB_GRACE_MS } from '#core/domain/blob-grace.ts';
import type { BlobDigest } from '#core/domain/ids.ts';
import type { CareChange } from '../ports/change.ts';
import type { Ports } from '../ports/ports.ts';

export interface CollectedGarbage {
  /** Blobs that were found without a name, newly or again. */
  readonly unnamed: number;
  readonly removed: number;
}

type Needs = Pick<Ports, 'blobs' | 'catalog' | 'writer' | 'clock'>;

/** Blobs of one commit. */
const AT_ONCE = 200;

/** One pass: deletes what was condemned long enough ago, then condemns what nothing names. May be interrupted anywhere. */
export async function collectGarbage(
  ports: Needs,
  { graceMs = BLOB_GRACE_MS }: { readonly graceMs?: number } = {},
): Promise<CollectedGarbage> {
  const removed = await removeCondemned(ports, ports.clock.now() - graceMs);
  return { removed, unnamed: await condemn(ports) };
}

async function removeCondemned(ports: Needs, until: number): Promise<number> {
  let removed = 0;
  let after = '';
  for (;;) {
    const blobs = await ports.catalog.condemned({ until, after, limit: AT_ONCE });
    for (const blob of blobs) {
      if (await ports.catalog.isReferenced(blob)) continue;
      if (await ports.blobs.remove(blob, { unlessStoredSince: until })) removed += 1;
    }
    // Those that stay lose the note as well: they are named, or were stored again and have a grace period before them.
    if (blobs.length > 0) await commit(ports, { kind: 'forget-blobs', blobs });
    if (blobs.length < AT_ONCE) return removed;
    after = blobs.at(-1) ?? '';
  }
}

async function condemn(ports: Needs): Promise<number> {
  let unnamed = 0;
  let some: BlobDigest[] = [];
  const note = async () => {
    unnamed += some.length;
    if (some.length > 0) await commit(ports, { kind: 'condemn-blobs', blobs: some });
    some = [];
  };
  for await (const blob of ports.blobs.list()) {
    if (await ports.catalog.isReferenced(blob)) continue;
    some.push(blob);
    if (some.length >= AT_ONCE) await note();
  }
  await note();
  return unnamed;
}

async function commit({ writer, clock }: Needs, change: CareChange): Promise<void> {
  await writer.commit({ actor: SYSTEM, at: clock.now(), changes: [change] });
}
