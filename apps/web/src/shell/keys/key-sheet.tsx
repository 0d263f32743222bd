import { Dialog } from '#ui/kit/Dialog.tsx';
import { Kbd } from '#ui/kit/Kbd.tsx';
import { t } from '../../text/translate.ts';
import { usePageCommands } from './palette-state.ts';

/** All keys of the page that is there. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const rows: ReadonlyArray<readonly [key: string, label: string]> = [
    ['Ctrl+K', t('palette.title')],
    ['?', t('keys.title')],
    ...usePageCommands().map(({ key, label }) => [key, label] as const),
  ];
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={t('keys.title')}
      closeLabel={t('action.close')}
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5">
        {rows.map(([key, label]) => (
          <div key={key} className="contents">
            <dt className="flex gap-1">
              {key.split('+').map((part) => (
                <Kbd key={part}>{part}</Kbd>
              ))}
            </dt>
            <dd className="text-ink-2">{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
