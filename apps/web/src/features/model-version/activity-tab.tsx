import type { VersionDetail } from '../../api/registry.ts';
import { rt } from '../../text/registry/translate.ts';
import { RegistryLog } from '../../parts/registry/registry-log.tsx';
import { PageBody } from '../../parts/page-body.tsx';

export function ActivityTab({ version }: { readonly version: VersionDetail }) {
  return (
    <PageBody label={rt('version.tab.activity')}>
      <RegistryLog model={version.model.name} version={version.number} />
    </PageBody>
  );
}
