/** Deleted means hidden and restorable until it is purged. */
export type Lifecycle = 'active' | 'deleted';

/** Which of them a search wants to see. */
export type LifecycleView = Lifecycle | 'all';

export function isVisible(deletedAt: number | undefined, view: LifecycleView): boolean {
  return view === 'all' || (view === 'deleted') === (deletedAt !== undefined);
}
