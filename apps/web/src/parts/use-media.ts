import { useSyncExternalStore } from 'react';

/** Follows a media query, for what the stylesheet alone cannot decide. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}

/** Where the stylesheet changes too: `sm`, and the width of a table with all its columns. */
export const PHONE = '(width < 640px)';
export const WIDE_SCREEN = '(width >= 1620px)';
