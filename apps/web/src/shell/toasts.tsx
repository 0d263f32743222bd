import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button, IconButton } from '#ui/kit/Button.tsx';
import { t } from '../text/translate.ts';

// Only for what can be undone or failed: success shows in the page itself.

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly act: () => void } | undefined;
}

const SHOWN_MS = 8000;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function showToast(text: string, action?: Toast['action']): void {
  const id = (nextId += 1);
  set([...toasts.slice(-2), { id, text, action }]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

export function ToastArea() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="fixed bottom-4 right-4 z-40 flex flex-col gap-2" role="status" aria-live="polite">
      {shown.map(({ id, text, action }) => (
        <div
          key={id}
          className="flex h-10 items-center gap-4 rounded-panel bg-panel pl-4 pr-2 shadow-float animate-appear"
        >
          <span>{text}</span>
          {action && (
            <Button
              look="quiet"
              className="text-accent"
              onClick={() => {
                dismiss(id);
                action.act();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton label={t('action.close')} onClick={() => dismiss(id)}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
