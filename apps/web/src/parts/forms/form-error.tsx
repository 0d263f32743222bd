import { useEffect, useState } from 'react';
import { ApiError } from '#core/contract/client.ts';
import { Status } from '#ui/kit/Status.tsx';
import { messageOf } from '../../shell/page-error.tsx';
import { tt } from '../../text/team/translate.ts';
import { duration } from '../../text/times.ts';

/** Why a form was refused, in one sentence at its foot. */
export function FormError({
  error,
  words,
}: {
  readonly error: unknown;
  readonly words?: string | undefined;
}) {
  if (error === null || error === undefined) return null;
  return (
    <p role="alert" className="flex items-start gap-1.5 text-12 text-failed">
      <span className="flex h-4 items-center">
        <Status status="failed" />
      </span>
      <span>{words ?? messageOf(error)}</span>
    </p>
  );
}

/** Seconds until the server listens again after too many attempts; 0 when it does. */
export function useWait(error: unknown): number {
  const [left, setLeft] = useState(0);
  const seconds =
    error instanceof ApiError && error.status === 429 ? (error.fault.retryAfterSeconds ?? 30) : 0;
  const [of, setOf] = useState<unknown>();
  if (error !== of) {
    setOf(error);
    setLeft(seconds);
  }
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}

/** What a refused log-in says: wrong, too often, or the server's own words. */
export function logInWords(error: unknown, wait: number): string | undefined {
  if (wait > 0) return tt('login.tooMany', { time: duration(wait * 1000).replace('.0', '') });
  return error instanceof ApiError && error.status === 401 ? tt('login.wrong') : undefined;
}
