import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { Status, type StatusKind } from '#ui/kit/Status.tsx';
import type { CheckResultJson } from '../../../api/registry.ts';
import { t } from '../../../text/translate.ts';
import { Checks } from '../checks.tsx';

/** What came of what was asked, in one sentence. */
export function ResultDialog({
  title,
  status,
  text,
  checks = [],
  onClose,
}: {
  readonly title: string;
  readonly status: StatusKind;
  readonly text: string;
  readonly checks?: readonly CheckResultJson[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title}
      closeLabel={t('action.close')}
      actions={
        <Button look="primary" autoFocus onClick={onClose}>
          {t('action.close')}
        </Button>
      }
    >
      <p role="status" className="flex items-start gap-2 text-14">
        <span className="flex h-5 items-center">
          <Status status={status} />
        </span>
        {text}
      </p>
      {checks.length > 0 && (
        <div className="mt-3 rounded-control border border-line px-3 py-1">
          <Checks checks={checks} />
        </div>
      )}
    </Dialog>
  );
}
