import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { CodeBlock } from '#ui/kit/CodeBlock.tsx';
import { Dialog } from '#ui/kit/Dialog.tsx';
import { Segmented } from '#ui/kit/Segmented.tsx';
import { WORKSPACE } from '../../api/workspace.ts';
import { tt } from '../../text/team/translate.ts';
import { t } from '../../text/translate.ts';
import { CopyField } from '../forms/copy-field.tsx';
import { CLIENT_WORDS, CLIENTS, clientLines, type ClientName } from './client-lines.ts';

/** A new key, the only time that anybody sees it, and the lines that hand it to each client. */
export function SecretDialog({
  name,
  secret,
  onClose,
}: {
  readonly name: string;
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const [client, setClient] = useState<ClientName>('mlflow');
  const words = CLIENT_WORDS[client];
  return (
    <Dialog
      isOpen
      isSticky
      isWide
      onOpenChange={() => {}}
      title={tt('keys.made', { name })}
      description={tt('keys.once')}
      closeLabel={t('action.close')}
      actions={
        <Button look="primary" onClick={onClose}>
          {tt('keys.kept')}
        </Button>
      }
    >
      <CopyField label={tt('keys.secret')} text={secret} />
      <div className="mt-6 mb-2 flex flex-wrap items-center gap-2">
        <h3 className="mr-auto font-semibold">{tt('keys.lines')}</h3>
        <div className="max-w-full overflow-x-auto">
          <Segmented
            label={tt('keys.client')}
            value={client}
            options={CLIENTS.map((value) => ({ value, text: tt(CLIENT_WORDS[value].name) }))}
            onChange={setClient}
          />
        </div>
      </div>
      <CodeBlock
        title={tt(words.name)}
        code={clientLines(client, secret, { origin: location.origin, workspace: WORKSPACE })}
        copyText={t('action.copy')}
        copiedText={t('action.copied')}
        foot={tt(words.foot)}
      />
    </Dialog>
  );
}
