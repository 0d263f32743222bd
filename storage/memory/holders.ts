import { bindingKey } from '#core/domain/account.ts';
import type { Holders } from '#storage/sql/identity-refusals.ts';
import type { State } from './state.ts';

/** Accounts and teams by name, bindings by holder and place. */
export function holdersOf(state: State): Holders {
  const accounts = state.accounts.values().map(({ account }) => account);
  return {
    accounts: accounts.toArray().toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    teams: state.teams
      .values()
      .toArray()
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    bindings: state.bindings
      .values()
      .toArray()
      .toSorted((a, b) => (bindingKey(a) < bindingKey(b) ? -1 : 1)),
  };
}
