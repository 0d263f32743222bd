import { useEffect, useState, type ReactElement } from 'react';

import { relativeTime, relativeTimeLasts } from './relative-time.ts';

export interface RelativeTimeProps {
  /** ms, UTC. */
  readonly at: number;
  readonly locale: string;
}

/** Relative, goes on by itself; absolute on hover. */
export function RelativeTime({ at, locale }: RelativeTimeProps): ReactElement {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), relativeTimeLasts(at, now));
    return () => clearTimeout(timer);
  }, [at, now]);
  const date = new Date(at);
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'long' })}
      className="whitespace-nowrap"
    >
      {relativeTime(Math.min(at, now), now, locale)}
    </time>
  );
}
