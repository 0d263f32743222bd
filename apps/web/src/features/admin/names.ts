import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { accountsQuery, teamsQuery, type RoleHolder } from '../../api/identity.ts';
import { isServerAdmin, useSession } from '../../api/session.ts';

/** Accounts and teams by their ids; an id that nobody has any more stands for itself. */
export function useNames() {
  const mayAsk = isServerAdmin(useSession());
  const accounts = useQuery({ ...accountsQuery, enabled: mayAsk });
  const teams = useQuery({ ...teamsQuery, enabled: mayAsk });
  return useMemo(() => {
    const byAccount = new Map(accounts.data?.map((each) => [each.id, each]));
    const byTeam = new Map(teams.data?.map((each) => [each.id, each]));
    const accountName = (id: string): string => byAccount.get(id)?.displayName ?? id;
    const teamName = (id: string): string => byTeam.get(id)?.name ?? id;
    return {
      accountName,
      teamName,
      holderName: ({ kind, id }: RoleHolder): string => (kind === 'account' ? accountName(id) : teamName(id)),
      holderKind: ({ kind, id }: RoleHolder): 'user' | 'service' | 'team' =>
        kind === 'team' ? 'team' : (byAccount.get(id)?.kind ?? 'user'),
    };
  }, [accounts.data, teams.data]);
}

export type Names = ReturnType<typeof useNames>;
