import { Button } from '#ui/kit/Button.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { Skeleton } from '#ui/kit/Skeleton.tsx';
import { CopyField } from '../../../parts/forms/copy-field.tsx';
import { FormError } from '../../../parts/forms/form-error.tsx';
import { tt } from '../../../text/team/translate.ts';
import { absolute } from '../../../text/times.ts';
import { t } from '../../../text/translate.ts';

/** A one-time link to be sent to its owner; the token stands in the fragment, which no log sees. */
export function InvitationDialog({
  name,
  invitation,
  expiresAt,
  error,
  onClose,
}: {
  readonly name: string;
  readonly invitation: string | undefined;
  readonly expiresAt?: number | undefined;
  readonly error?: unknown;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      isOpen
      isSticky
      onOpenChange={() => {}}
      title={tt('users.inviteTitle', { name })}
      description={tt('users.inviteText', { name })}
      closeLabel={t('action.close')}
      actions={
        <Button look="primary" onClick={onClose}>
          {tt('users.done')}
        </Button>
      }
    >
      {invitation === undefined ? (
        <FormError error={error} />
      ) : (
        <CopyField label={tt('users.link')} text={`${location.origin}/join#token=${invitation}`} />
      )}
      {invitation === undefined && !error && <Skeleton height={28} />}
      {expiresAt !== undefined && (
        <p className="mt-2 text-12 text-ink-3">
          {tt('users.inviteUntil', { time: absolute(expiresAt).slice(0, 16) })}
        </p>
      )}
    </Dialog>
  );
}
