import { useState } from 'react';
import { CodeBlock } from '#ui/kit/CodeBlock.tsx';
import { Section } from '#ui/kit/Panel.tsx';
import { Segmented } from '#ui/kit/Segmented.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import { useSession } from '../../../api/session.ts';
import { WORKSPACE } from '../../../api/workspace.ts';
import { rt } from '../../../text/registry/translate.ts';
import { t } from '../../../text/translate.ts';
import { LOADERS, loadLines, type Loader } from '../load-lines.ts';

const NAMES: Readonly<Record<Loader, string>> = { mlflow: 'MLflow', curl: 'curl', cairn: 'cairn' };

/** How to have it: the same version for ever by its number, or whichever has the alias. */
export function LoadPanel({ version }: { readonly version: VersionDetail }) {
  const [loader, setLoader] = useState<Loader>('mlflow');
  const needsKey = useSession().mode === 'team';
  return (
    <Section
      title={rt('load.title')}
      end={
        <Segmented
          label={rt('load.title')}
          value={loader}
          options={LOADERS.map((value) => ({ value, text: NAMES[value] }))}
          onChange={setLoader}
        />
      }
    >
      <CodeBlock
        title={NAMES[loader]}
        note={loader === 'mlflow' ? 'Python' : 'shell'}
        code={loadLines(loader, version, { address: location.origin, workspace: WORKSPACE, needsKey })}
        copyText={t('action.copy')}
        copiedText={t('action.copied')}
      />
    </Section>
  );
}
