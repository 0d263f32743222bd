import { useEffect, useState } from 'react';

/** The token behind `#token=`; it leaves the address once it was read, so that it stays in no history. */
export function useOneTimeToken(): readonly [token: string, setToken: (token: string) => void] {
  const state = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
  }, []);
  return state;
}
