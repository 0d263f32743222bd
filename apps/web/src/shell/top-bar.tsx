import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { lazy, Suspense, useLayoutEffect, useRef } from 'react';
import { useSession } from '../api/session.ts';
import { t } from '../text/translate.ts';
import { openPalette } from './keys/palette-state.ts';
import { Logo } from './logo.tsx';
import type { TopBarSlots } from './top-bar-slots.tsx';
import { WorkspaceMenuHost } from './workspaces/workspace-menu-host.tsx';

const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }));

export function TopBar({ onSlots }: { readonly onSlots: (slots: TopBarSlots) => void }) {
  const crumbs = useRef<HTMLDivElement>(null);
  const actions = useRef<HTMLDivElement>(null);
  const { account } = useSession();
  useLayoutEffect(() => onSlots({ crumbs: crumbs.current, actions: actions.current }), [onSlots]);
  return (
    <header className="flex h-[var(--topbar)] shrink-0 items-center gap-2 whitespace-nowrap border-b border-line px-[var(--gutter)] max-sm:px-3">
      <Link to="/" aria-label={t('nav.home')} className="rounded-control sm:hidden">
        <Logo />
      </Link>
      <WorkspaceMenuHost
        triggerClass="-ml-1 inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-control text-ink-2 sm:hidden"
        isIconOnly
      />
      <div ref={crumbs} className="flex min-w-0 items-center gap-2" />
      <div className="flex-1" />
      <button
        type="button"
        onClick={openPalette}
        aria-keyshortcuts="Control+K"
        className="flex h-7 items-center gap-2 rounded-control border border-line bg-panel pl-2 pr-1 text-ink-3 hover:border-line-strong max-sm:-mr-3 max-sm:size-11 max-sm:justify-center max-sm:border-0 max-sm:bg-transparent md:w-[280px]"
      >
        <Search size={14} strokeWidth={1.5} />
        <span className="flex-1 text-left max-md:sr-only">{t('nav.search')}</span>
        <kbd
          aria-hidden="true"
          className="rounded-control border border-line px-1 font-sans text-11 max-sm:hidden"
        >
          Ctrl K
        </kbd>
      </button>
      <div ref={actions} className="flex items-center gap-2 empty:hidden" />
      {/* A phone has no navigation at the side. */}
      {account && (
        <Suspense fallback={<span className="-mr-3 size-11 sm:hidden" />}>
          <AccountMenu
            triggerClass="-mr-3 inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-control text-ink-2 sm:hidden"
            isIconOnly
          />
        </Suspense>
      )}
    </header>
  );
}
