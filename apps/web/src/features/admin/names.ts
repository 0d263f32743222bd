import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { holdersQuery, type RoleHolder, type RolePlace } from '../../api/identity.ts';

/**
 * Accounts and teams by their ids; the id of somebody who is gone stands for itself.
 * @param place asks as an admin of this project or workspace alone.
 */
export function useNames(place?: RolePlace) {
  const { data: holders } = useQuery(holdersQuery(place));
  return useMemo(() => {
    const byId = new Map(holders?.map((each) => [each.id, each]));
    const nameOf = (id: string): string => {
      const holder = byId.get(id);
      return holder?.kind === 'account' ? holder.displayName : (holder?.name ?? id);
    };
    return {
      accountName: nameOf,
      teamName: nameOf,
      holderName: ({ id }: RoleHolder): string => nameOf(id),
      holderKind: ({ kind, id }: RoleHolder): 'user' | 'service' | 'team' => {
        const holder = byId.get(id);
        if (kind === 'team') return 'team';
        return holder?.kind === 'account' ? holder.accountKind : 'user';
      },
    };
  }, [holders]);
}

export type Names = ReturnType<typeof useNames>;
