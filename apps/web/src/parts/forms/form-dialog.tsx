import { useId, type ReactNode } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { tt } from '../../text/team/translate.ts';
import { t } from '../../text/translate.ts';
import { FormError } from './form-error.tsx';

/** A dialog that is a form: stays and says why when it was refused. */
export function FormDialog({
  title,
  action,
  isReady,
  sending,
  onSubmit,
  onClose,
  otherAction,
  children,
}: {
  readonly title: string;
  /** The word on the button that sends it. */
  readonly action: string;
  /** Whether it can be sent as it is filled in. */
  readonly isReady: boolean;
  readonly sending: { readonly isPending: boolean; readonly error: unknown };
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** A button apart from the others. */
  readonly otherAction?: ReactNode;
  readonly children: ReactNode;
}) {
  const formId = useId();
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title}
      closeLabel={t('action.close')}
      actions={
        <>
          {otherAction}
          <Button onClick={onClose}>{tt('admin.cancel')}</Button>
          <Button type="submit" form={formId} look="primary" disabled={!isReady || sending.isPending}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onSubmit();
        }}
      >
        {children}
        <FormError error={sending.error} />
      </form>
    </Dialog>
  );
}
