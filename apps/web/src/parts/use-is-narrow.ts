import { useSyncExternalStore } from 'react';

/** As wide as a phone: the `sm` of the stylesheet. */
const query = matchMedia('(max-width: 639.98px)');

export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );
}
