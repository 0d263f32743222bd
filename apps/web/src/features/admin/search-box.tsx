import { Search } from 'lucide-react';
import { useCallback } from 'react';
import { Input } from '#ui/kit/Input.tsx';
import { adminRoute, type AdminSearch } from './route.ts';

/** What is looked for, kept in the address; Back leaves the page, not the search. */
export function useAdminSearch(): readonly [AdminSearch, (change: AdminSearch) => void] {
  const search = adminRoute.useSearch();
  const navigate = adminRoute.useNavigate();
  const change = useCallback(
    (next: AdminSearch) =>
      void navigate({
        search: (before) => cleaned({ ...before, ...next }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [search, change];
}

export function SearchBox({ label }: { readonly label: string }) {
  const [{ q = '' }, change] = useAdminSearch();
  return (
    <Input
      type="search"
      label={label}
      placeholder={label}
      icon={<Search size={14} strokeWidth={1.5} aria-hidden="true" />}
      className="flex w-56 max-sm:basis-full"
      value={q}
      onChange={(event) => change({ q: event.target.value })}
    />
  );
}

/** Whether any of the texts holds what is looked for. */
export function matches(q: string | undefined, ...texts: readonly string[]): boolean {
  const wanted = (q ?? '').trim().toLowerCase();
  return wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
}

function cleaned(search: AdminSearch): AdminSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  );
}
