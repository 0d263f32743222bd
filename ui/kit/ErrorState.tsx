import type { ReactElement } from 'react';

import { Button } from './Button.tsx';
import { CopyText } from './CopyText.tsx';
import { Status } from './Status.tsx';

export interface ErrorStateProps {
  readonly title: string;
  /** The server's message, which is safe to show. */
  readonly message: string;
  /** With its word before it: "request 3f2c…". Copies on click. */
  readonly requestId?:
    | { readonly word: string; readonly id: string; readonly copiedText: string }
    | undefined;
  readonly retry?: { readonly text: string; readonly onRetry: () => void } | undefined;
}

export function ErrorState({ title, message, requestId, retry }: ErrorStateProps): ReactElement {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <p className="flex items-center gap-1.5 font-medium text-ink">
        <Status status="failed" />
        {title}
      </p>
      <p className="max-w-[60ch] text-ink-2">{message}</p>
      {requestId !== undefined && (
        <p className="text-12 text-ink-3">
          {requestId.word} <CopyText text={requestId.id} copiedText={requestId.copiedText} />
        </p>
      )}
      {retry !== undefined && <Button onClick={retry.onRetry}>{retry.text}</Button>}
    </div>
  );
}
