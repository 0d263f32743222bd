import { ApiError } from '#core/contract/client.ts';
import { t } from '../text/translate.ts';

/** What went wrong in the server's own words, the request it can be found by in the log, and a way to go on. */
export function PageError({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const isRefusal = error instanceof ApiError;
  const message = isRefusal
    ? error.message
    : error instanceof TypeError && /fetch/i.test(error.message)
      ? t('error.offline')
      : error instanceof Error
        ? error.message
        : String(error);
  return (
    <div role="alert" className="m-[var(--gutter)] max-w-[64ch] rounded-panel border border-line bg-panel p-4">
      <h2 className="font-semibold">{t('error.title')}</h2>
      <p className="mt-1 text-ink-2">{message}</p>
      <div className="mt-3 flex items-center gap-3">
        {onRetry && (
          <button
            type="button"
            onClick={onRetry}
            className="h-7 rounded-control border border-line px-2.5 hover:border-line-strong"
          >
            {t('action.retry')}
          </button>
        )}
        {isRefusal && error.fault.requestId !== '' && (
          <code className="text-ink-3">{t('error.request', { id: error.fault.requestId })}</code>
        )}
      </div>
    </div>
  );
}
