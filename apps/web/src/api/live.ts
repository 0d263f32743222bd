import { useEffect, useSyncExternalStore } from 'react';
import { server } from './server.ts';
import { LiveConnection, liveUrl, type Changed, type Interest, type LiveState } from './live-connection.ts';
import { queryClient } from './queries.ts';
import { refreshModel } from './registry.ts';
import { SeriesCache } from './series-cache.ts';
import { Throttle } from './throttle.ts';

// What a live change does to what the page knows: series at once (they are on screen as lines), documents and lists
// at most twice a second, however fast a script logs.

export const seriesCache = new SeriesCache((items, look) =>
  server.readSeries({
    body: {
      items: [...items],
      x: look.x,
      pixels: look.pixels,
      ...(look.range && { range: [look.range[0], look.range[1]] }),
      ...(look.smoothing !== undefined && { smoothing: look.smoothing }),
    },
  }),
);

const LIST_PAUSE_MS = 500;
const refresh = new Throttle(LIST_PAUSE_MS, (key: string) => {
  void queryClient.invalidateQueries({ queryKey: JSON.parse(key) as string[] });
});

const refreshRegistered = new Throttle(LIST_PAUSE_MS, (model: string) => void refreshModel(model));

function onChanged({ projects, runs, registered = [] }: Changed): void {
  refresh.ask(JSON.stringify(['home']));
  for (const model of registered) refreshRegistered.ask(model);
  for (const project of projects) {
    refresh.ask(JSON.stringify(['runs', project]));
    refresh.ask(JSON.stringify(['project', project]));
    refresh.ask(JSON.stringify(['fields', project]));
    refresh.ask(JSON.stringify(['run', project]));
  }
  if (projects.length > 0) refresh.ask(JSON.stringify(['projects']));
  for (const { run, project, metrics, isDocument } of runs) {
    seriesCache.markStale(run, metrics.length > 0 ? new Set(metrics) : undefined);
    refresh.ask(JSON.stringify(['run', project]));
    refresh.ask(JSON.stringify(['runs', project]));
    if (isDocument) {
      refresh.ask(JSON.stringify(['run-files', run]));
      refresh.ask(JSON.stringify(['run-models', run]));
    }
  }
}

export const live = new LiveConnection({
  url: liveUrl(location),
  open: (url) => new WebSocket(url),
  onChanged,
  onReset: () => {
    seriesCache.markAllStale();
    void queryClient.invalidateQueries();
  },
});

/** Opens the connection; hidden tabs rest. */
export function startLive(): void {
  const follow = (): void => (document.hidden ? live.pause() : live.start());
  document.addEventListener('visibilitychange', follow);
  follow();
}

/** Says what this part of the page can see, for as long as it is there. */
export function useLive(interest: Interest): void {
  const key = JSON.stringify(interest);
  useEffect(() => live.watch(JSON.parse(key) as Interest), [key]);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => live.onState(listener),
    () => live.state,
  );
}
