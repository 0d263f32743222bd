import type { CareChange } from '#core/tracking/ports/change.ts';
import { isNamed } from './apply-file.ts';
import type { Applying, KeptReceipt } from './state.ts';

export function applyCare({ state, at }: Applying, change: CareChange): void {
  if (change.kind === 'condemn-blobs') {
    for (const blob of change.blobs) {
      if (!isNamed(state, blob) && !state.condemned.has(blob)) state.condemned.set(blob, at);
    }
  } else if (change.kind === 'forget-blobs') {
    for (const blob of change.blobs) state.condemned.delete(blob);
  } else {
    const old = state.receipts.values().filter((receipt) => receipt.at < change.before);
    const first = old.toArray().toSorted(byAge).slice(0, change.limit);
    for (const { key } of first) state.receipts.delete(key);
  }
}

function byAge(a: KeptReceipt, b: KeptReceipt): number {
  if (a.at !== b.at) return a.at - b.at;
  for (const [i, text] of a.order.entries()) {
    const other = b.order[i] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
