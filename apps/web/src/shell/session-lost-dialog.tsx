import { Dialog } from '#ui/kit/Dialog.tsx';
import { sessionIsBack } from '../api/log-in-again.ts';
import { setSession, useSession } from '../api/session.ts';
import { LogInForm } from '../parts/forms/log-in-form.tsx';
import { tt } from '../text/team/translate.ts';
import { t } from '../text/translate.ts';

/** Over a page whose session ended: what waits goes on afterwards. Closing it leaves for the log-in page. */
export function SessionLostDialog() {
  const { account } = useSession();
  const leave = (): void => location.assign('/login');
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) leave();
      }}
      title={tt('again.title')}
      description={tt('again.lead')}
      closeLabel={t('action.close')}
    >
      <LogInForm
        {...(account && { knownName: account.name })}
        onLoggedIn={(session) => {
          setSession(session);
          sessionIsBack();
        }}
      />
      <button
        type="button"
        onClick={leave}
        className="mt-4 cursor-pointer rounded-control text-12 text-accent hover:underline"
      >
        {tt('again.other')}
      </button>
    </Dialog>
  );
}
