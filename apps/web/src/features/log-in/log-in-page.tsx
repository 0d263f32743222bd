import { wantedPath } from '../../shell/entrance.ts';
import { LogInForm } from '../../parts/forms/log-in-form.tsx';
import { OutsidePage } from '../../shell/outside-page.tsx';
import { tt } from '../../text/team/translate.ts';

export function LogInPage() {
  return (
    <OutsidePage
      title={tt('login.title')}
      lead={tt('login.hello', { host: location.host })}
      foot={tt('login.forgot')}
    >
      {/* The whole page anew: nothing of whoever was here before is left in its caches. */}
      <LogInForm onLoggedIn={() => location.assign(wantedPath(location))} />
    </OutsidePage>
  );
}
