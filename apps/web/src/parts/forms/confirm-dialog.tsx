import { useMutation } from '@tanstack/react-query';
import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { t } from '../../text/translate.ts';
import { FormError } from './form-error.tsx';

/** Asks before what cannot be undone; stays and says why when it was refused. */
export function ConfirmDialog({
  title,
  text,
  action,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const confirm = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title}
      description={text}
      closeLabel={t('action.close')}
      actions={
        <>
          <Button onClick={onClose}>{t('dialog.cancel')}</Button>
          <Button look="danger" disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            {action}
          </Button>
        </>
      }
    >
      <FormError error={confirm.error} />
    </Dialog>
  );
}
