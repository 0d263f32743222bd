import { createContext, useContext, useLayoutEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

// A page fills the top bar from where it is: its crumbs on the left, its actions on the right.

export interface TopBarSlots {
  readonly crumbs: HTMLElement | null;
  readonly actions: HTMLElement | null;
}

export const TopBarContext = createContext<TopBarSlots>({ crumbs: null, actions: null });

export function Crumbs({ children }: { readonly children: ReactNode }) {
  const { crumbs } = useContext(TopBarContext);
  return crumbs && createPortal(children, crumbs);
}

export function PageActions({ children }: { readonly children: ReactNode }) {
  const { actions } = useContext(TopBarContext);
  return actions && createPortal(children, actions);
}

/** The tab's title while a page is there; undefined leaves it to a part of the page. */
export function useTitle(title: string | undefined): void {
  useLayoutEffect(() => {
    if (title !== undefined) document.title = `${title} · Cairn`;
  }, [title]);
}
