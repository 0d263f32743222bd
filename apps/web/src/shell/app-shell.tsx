import { Outlet, useMatches } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useMedia } from '../parts/use-media.ts';
import { t } from '../text/translate.ts';
import { CommandPaletteHost } from './keys/command-palette-host.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { Navigation } from './navigation.tsx';
import { SessionLostHost } from './session-lost-host.tsx';
import { TopBar } from './top-bar.tsx';
import { TopBarContext, type TopBarSlots } from './top-bar-slots.tsx';
import { ToastArea } from './toasts.tsx';

/** Navigation left, bar on top, the page in what remains. Inside a project the navigation is a rail: width is worth more there. */
export function AppShell() {
  const isInProject = useMatches().some(({ routeId }) => routeId.startsWith('/p/'));
  const [isWide, setWide] = useState<boolean | undefined>(undefined);
  const [slots, setSlots] = useState<TopBarSlots>({ crumbs: null, actions: null });
  const hasRoom = useMedia('(width >= 1100px)');
  const isRail = isWide === undefined ? isInProject || !hasRoom : !isWide;
  return (
    <TopBarContext value={slots}>
      <a
        href="#page"
        className="absolute left-2 top-2 z-50 -translate-y-20 rounded-control bg-panel px-3 py-1 shadow-float focus:translate-y-0"
      >
        {t('nav.skip')}
      </a>
      <div
        className={`sm:grid sm:h-full ${isRail ? 'sm:grid-cols-[var(--nav-rail)_minmax(0,1fr)]' : 'sm:grid-cols-[var(--nav)_minmax(0,1fr)]'}`}
      >
        <Navigation isRail={isRail} onToggle={() => setWide(isRail)} />
        <div className="flex min-h-0 min-w-0 flex-col max-sm:min-h-dvh">
          <TopBar onSlots={setSlots} />
          <main id="page" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            <Suspense>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </div>
      <ConnectionNote />
      <ToastArea />
      <CommandPaletteHost />
      <SessionLostHost />
    </TopBarContext>
  );
}
