import { ApiError } from '#core/contract/client.ts';
import { ErrorState } from '#ui/kit/ErrorState.tsx';
import { t } from '../text/translate.ts';

/** What went wrong in the server's own words, the request it can be found by in the log, and a way to go on. */
export function PageError({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const requestId = error instanceof ApiError ? error.fault.requestId : '';
  return (
    <ErrorState
      title={t('error.title')}
      message={messageOf(error)}
      requestId={
        requestId === ''
          ? undefined
          : { word: t('error.request'), id: requestId, copiedText: t('action.copied') }
      }
      retry={onRetry && { text: t('action.retry'), onRetry }}
    />
  );
}

export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  // What fetch throws when nothing answers, in the words of each browser.
  if (error instanceof TypeError && /fetch|network/i.test(error.message)) return t('error.offline');
  return error instanceof Error ? error.message : String(error);
}
